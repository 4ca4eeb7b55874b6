package org.orrery.debugger.ipc;

/** What a thread asked the kernel for, by its two descriptors. */
public enum IpcKind {
    /** Send without receive. */
    SEND("send"),
    /** Receive from one thread. */
    RECEIVE("receive"),
    /** Receive from anybody. */
    WAIT("wait"),
    /** Send and receive the partner's answer. */
    CALL("call"),
    /** Send and receive from anybody. */
    REPLY_AND_WAIT("reply and wait"),
    /** Receive from nobody: only the timeout ends it. */
    SLEEP("sleep"),
    /** Neither send nor receive. */
    NOTHING("nothing"),
    /** The call that the kernel makes to the pager of a thread with a page fault. */
    PAGE_FAULT("page fault"),
    /** A hardware interrupt as a message. */
    INTERRUPT("interrupt");

    private final String text;

    IpcKind(String text) {
        this.text = text;
    }

    static IpcKind of(SendDescriptor send, ReceiveDescriptor receive, ThreadId partner) {
        if (!receive.present()) {
            return send.present() ? SEND : NOTHING;
        }
        if (receive.open()) {
            return send.present() ? REPLY_AND_WAIT : WAIT;
        }
        if (send.present()) {
            return CALL;
        }
        return partner.isNil() || partner.isInvalid() ? SLEEP : RECEIVE;
    }

    public boolean sends() {
        return this == SEND || this == CALL || this == REPLY_AND_WAIT || this == PAGE_FAULT;
    }

    public boolean receives() {
        return this != SEND && this != NOTHING && this != INTERRUPT;
    }

    @Override
    public String toString() {
        return text;
    }
}

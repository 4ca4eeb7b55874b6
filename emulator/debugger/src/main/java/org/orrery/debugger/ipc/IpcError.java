package org.orrery.debugger.ipc;

/** What bits 7 to 4 of the dope that an IPC returns say. Odd codes are of the send phase, even ones of the receive phase. */
public enum IpcError {
    NONE("ok"),
    NON_EXISTENT("non-existent partner"),
    RECEIVE_TIMEOUT("receive timeout"),
    SEND_TIMEOUT("send timeout"),
    RECEIVE_CANCELLED("receive cancelled"),
    SEND_CANCELLED("send cancelled"),
    RECEIVE_MAP_FAILED("receive map failed"),
    SEND_MAP_FAILED("send map failed"),
    RECEIVE_SEND_FAULT_TIMEOUT("send page-fault timeout, told to the receiver"),
    SEND_SEND_FAULT_TIMEOUT("send page-fault timeout, told to the sender"),
    RECEIVE_RECEIVE_FAULT_TIMEOUT("receive page-fault timeout, told to the receiver"),
    SEND_RECEIVE_FAULT_TIMEOUT("receive page-fault timeout, told to the sender"),
    RECEIVE_ABORTED("receive aborted"),
    SEND_ABORTED("send aborted"),
    RECEIVE_MESSAGE_CUT("received message cut"),
    SEND_MESSAGE_CUT("sent message cut");

    private static final IpcError[] CODES = values();

    private final String text;

    IpcError(String text) {
        this.text = text;
    }

    static IpcError of(int code) {
        return CODES[code & 0xF];
    }

    /** Whether the send phase failed, so that nothing was received. */
    public boolean inSendPhase() {
        return (ordinal() & 1) != 0;
    }

    @Override
    public String toString() {
        return text;
    }
}

package org.orrery.debugger.ipc;

import org.orrery.debugger.measure.Interval;

/**
 * One message, or one attempt at one.
 *
 * @param number counted from 1 in the order in which they ended
 * @param kind what the sender asked for; for an attempt that failed before anybody sent, what the receiver asked for
 * @param sender who sent; where nobody did, who was awaited, or nil for anybody
 * @param receiver who received or should have
 * @param send the sender's send descriptor
 * @param receive the receiver's receive descriptor
 * @param timeouts of the thread that asked
 * @param words as the receiver got them, or as the sender gave them if nobody got them
 * @param dope what the receiver got back, or the sender if it failed to send
 * @param interval from the sender's entry into the kernel (the receiver's, if nobody sent) to the receiver's (the failed sender's) return
 *     to user mode
 * @param answers the number of the record that this one answers, or 0
 * @param roundTrip cycles since the start of the record that this one answers, or 0
 */
public record IpcRecord(
        long number,
        IpcKind kind,
        ThreadId sender,
        ThreadId receiver,
        SendDescriptor send,
        ReceiveDescriptor receive,
        Timeouts timeouts,
        Words words,
        Dope dope,
        Interval interval,
        long answers,
        long roundTrip) {

    /** Whether a message arrived. */
    public boolean delivered() {
        return dope.error() == IpcError.NONE;
    }

    /** Whether the words are a mapping: a send base and an fpage. */
    public boolean maps() {
        return send.map() && kind != IpcKind.PAGE_FAULT;
    }

    /** CPU clocks from its start to its end. */
    public long cycles() {
        return interval.cycles();
    }
}

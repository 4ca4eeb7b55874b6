package org.orrery.debugger.ipc;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.orrery.debugger.measure.Interval;
import org.orrery.debugger.measure.Moment;

/**
 * Puts together what threads ask of the kernel and what they get back, and makes a record of each message. It is told of every entry
 * into the kernel that asks for an IPC and of every return to user mode; it knows nothing of how they are observed.
 *
 * <p>A message is over when its receiver is back in user mode. Its sender is the thread that the receiver got as source; a page fault
 * is a call of the kernel's to the pager, and what ends it is the answer, which comes from the thread that names the faulter as its
 * partner.
 */
final class IpcTracer {
    private static final ReceiveDescriptor NO_RECEIVE = new ReceiveDescriptor(-1);
    private static final SendDescriptor NO_SEND = new SendDescriptor(-1);
    private static final ThreadId NIL = new ThreadId(0, 0);

    /** Makes the interval between two moments. */
    @FunctionalInterface
    interface Clock {
        Interval between(Moment from, Moment to);
    }

    /** What a thread asked for when it entered the kernel. */
    private static final class Request {
        final ThreadId thread;
        final IpcKind kind;
        final IpcRegisters in;
        final Moment start;
        boolean delivered;

        Request(ThreadId thread, IpcKind kind, IpcRegisters in, Moment start) {
            this.thread = thread;
            this.kind = kind;
            this.in = in;
            this.start = start;
        }

        SendDescriptor send() {
            return kind.sends() ? new SendDescriptor(in.eax()) : NO_SEND;
        }

        ReceiveDescriptor receive() {
            return kind.receives() ? new ReceiveDescriptor(in.ebp()) : NO_RECEIVE;
        }
    }

    private record Call(long number, long start) {}

    private final Clock clock;
    /** Requests of threads that are in the kernel. */
    private final Map<ThreadId, Request> inKernel = new HashMap<>();
    /** Sends that succeeded and whose receiver is not back in user mode yet, by sender. */
    private final Map<ThreadId, Request> inFlight = new HashMap<>();
    /** Calls whose answer has not come, by caller. */
    private final Map<ThreadId, Call> calls = new HashMap<>();

    private Moment lastEntry;
    private long records;

    IpcTracer(Clock clock) {
        this.clock = clock;
    }

    /** Some event, not an IPC, entered the kernel; a message that it causes starts here. */
    void entered(Moment start) {
        lastEntry = start;
    }

    /** A thread executed the INT of an IPC. */
    void asked(ThreadId thread, IpcRegisters in, Moment start) {
        IpcKind kind = IpcKind.of(new SendDescriptor(in.eax()), new ReceiveDescriptor(in.ebp()), in.partner());
        lastEntry = start;
        inKernel.put(thread, new Request(thread, kind, in, start));
    }

    /** A thread had a page fault in user mode. */
    void faulted(ThreadId thread, int address, int eip, Moment start) {
        IpcRegisters in = new IpcRegisters(0, 0, address, eip, 0, 0, 0);
        lastEntry = start;
        inKernel.put(thread, new Request(thread, IpcKind.PAGE_FAULT, in, start));
    }

    /** A thread is back in user mode. Returns the record that this ended, or null. */
    IpcRecord returned(ThreadId thread, IpcRegisters out, Moment end) {
        Request request = inKernel.remove(thread);
        if (request == null) {
            return null;
        }
        if (request.kind == IpcKind.PAGE_FAULT) {
            Request answer = senderTo(thread);
            return answer == null ? null : delivered(answer, request, answer.in.words(), new Dope(0), end);
        }
        Dope dope = new Dope(out.eax());
        if (dope.error() != IpcError.NONE) {
            return failed(request, dope, end);
        }
        if (!request.kind.receives()) {
            if (!request.delivered && request.kind.sends()) {
                inFlight.put(thread, request);
            }
            return null;
        }
        return received(request, out, dope, end);
    }

    private IpcRecord received(Request receiver, IpcRegisters out, Dope dope, Moment end) {
        ThreadId source = out.partner();
        Request sender = inFlight.remove(source);
        if (sender == null) {
            sender = inKernel.get(source);
        }
        if (sender == null || !sender.kind.sends() || sender.delivered) {
            IpcKind kind = source.isInterrupt() ? IpcKind.INTERRUPT : IpcKind.SEND;
            sender = new Request(source, kind, out, lastEntry == null ? receiver.start : lastEntry);
        }
        return delivered(sender, receiver, out.words(), dope, end);
    }

    private Request senderTo(ThreadId thread) {
        for (Map<ThreadId, Request> place : List.of(inFlight, inKernel)) {
            for (Request r : place.values()) {
                if (r.kind.sends() && !r.delivered && r.in.partner().equals(thread)) {
                    inFlight.remove(r.thread);
                    return r;
                }
            }
        }
        return null;
    }

    private IpcRecord delivered(Request sender, Request receiver, Words words, Dope dope, Moment end) {
        sender.delivered = true;
        Call call = calls.remove(receiver.thread);
        records++;
        if (sender.kind == IpcKind.CALL || sender.kind == IpcKind.PAGE_FAULT) {
            calls.put(sender.thread, new Call(records, sender.start.cycle()));
        }
        return new IpcRecord(
                records,
                sender.kind,
                sender.thread,
                receiver.thread,
                sender.send(),
                receiver.receive(),
                new Timeouts(sender.kind.sends() ? sender.in.ecx() : receiver.in.ecx()),
                words,
                dope,
                clock.between(sender.start, end),
                call == null ? 0 : call.number,
                call == null ? 0 : end.cycle() - call.start);
    }

    private IpcRecord failed(Request request, Dope dope, Moment end) {
        boolean sending = dope.error().inSendPhase() && request.kind.sends();
        calls.remove(request.thread);
        records++;
        return new IpcRecord(
                records,
                request.kind,
                sending ? request.thread : awaited(request),
                sending ? request.in.partner() : request.thread,
                request.send(),
                request.receive(),
                new Timeouts(request.in.ecx()),
                request.in.words(),
                dope,
                clock.between(request.start, end),
                0,
                0);
    }

    /** Whom a receive that failed was waiting for. */
    private static ThreadId awaited(Request request) {
        return request.receive().open() ? NIL : request.in.partner();
    }
}

package org.orrery.debugger.ipc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.orrery.cpu.Cause;
import org.orrery.debugger.measure.Account;
import org.orrery.debugger.measure.Interval;
import org.orrery.debugger.measure.Moment;

class IpcTracerTest {
    private static final ThreadId CLIENT = new ThreadId(5 << 17 | 1, 4 << 17);
    private static final ThreadId SERVER = new ThreadId(6 << 17 | 1, 4 << 17);
    private static final int OPEN = 1;
    private static final int NONE = -1;

    private final IpcTracer tracer = new IpcTracer(IpcTracerTest::between);

    private static Moment at(long cycle) {
        return new Moment(cycle, new Account(List.of()));
    }

    private static Interval between(Moment from, Moment to) {
        Account account = new Account(List.of("all"));
        account.charge(0, Cause.EXECUTE.ordinal(), to.cycle() - from.cycle());
        return new Interval(from.cycle(), to.cycle(), account, List.of(0), List.of());
    }

    private static IpcRegisters ask(int send, int receive, ThreadId partner, int w0, int w1) {
        return new IpcRegisters(send, 0, w0, w1, receive, partner.low(), partner.high());
    }

    private static IpcRegisters got(int dope, ThreadId source, int w0, int w1) {
        return new IpcRegisters(dope, 0, w0, w1, 0, source.low(), source.high());
    }

    @Test
    void aCallAndItsAnswerAreTwoRecordsThatBelongTogether() {
        tracer.asked(SERVER, ask(NONE, OPEN, new ThreadId(0, 0), 0, 0), at(10));
        tracer.asked(CLIENT, ask(0, 0, SERVER, 0x6C6C6548, 0x6F), at(100));

        IpcRecord call = tracer.returned(SERVER, got(0, CLIENT, 0x6C6C6548, 0x6F), at(250));
        assertThat(call.kind()).isEqualTo(IpcKind.CALL);
        assertThat(call.sender()).isEqualTo(CLIENT);
        assertThat(call.receiver()).isEqualTo(SERVER);
        assertThat(call.words()).hasToString("6c6c6548 0000006f \"Hello...\"");
        assertThat(call.receive().open()).isTrue();
        assertThat(call.cycles()).isEqualTo(150);
        assertThat(call.answers()).isZero();

        tracer.asked(SERVER, ask(0, OPEN, CLIENT, 7, 8), at(300));
        IpcRecord reply = tracer.returned(CLIENT, got(0, SERVER, 7, 8), at(440));
        assertThat(reply.kind()).isEqualTo(IpcKind.REPLY_AND_WAIT);
        assertThat(reply.sender()).isEqualTo(SERVER);
        assertThat(reply.answers()).isEqualTo(call.number());
        assertThat(reply.cycles()).isEqualTo(140);
        assertThat(reply.roundTrip()).isEqualTo(340);
    }

    @Test
    void aSenderThatReturnsBeforeItsReceiverIsFoundAgain() {
        tracer.asked(SERVER, ask(NONE, OPEN, new ThreadId(0, 0), 0, 0), at(10));
        tracer.asked(CLIENT, ask(0, NONE, SERVER, 1, 2), at(20));
        assertThat(tracer.returned(CLIENT, got(0, CLIENT, 0, 0), at(60))).isNull();
        IpcRecord record = tracer.returned(SERVER, got(0, CLIENT, 1, 2), at(90));
        assertThat(record.kind()).isEqualTo(IpcKind.SEND);
        assertThat(record.interval().start()).isEqualTo(20);
    }

    @Test
    void aFailedSendIsARecordOfTheSender() {
        tracer.asked(CLIENT, ask(0, 0, SERVER, 1, 2), at(20));
        IpcRecord record = tracer.returned(CLIENT, got(0x10, SERVER, 0, 0), at(80));
        assertThat(record.delivered()).isFalse();
        assertThat(record.dope().error()).isEqualTo(IpcError.NON_EXISTENT);
        assertThat(record.sender()).isEqualTo(CLIENT);
        assertThat(record.receiver()).isEqualTo(SERVER);
        assertThat(record.words()).isEqualTo(new Words(1, 2));
    }

    @Test
    void aReceiveThatTimesOutNamesWhomItAwaited() {
        tracer.asked(CLIENT, ask(NONE, 0, SERVER, 0, 0), at(20));
        IpcRecord record = tracer.returned(CLIENT, got(0x20, SERVER, 0, 0), at(80));
        assertThat(record.kind()).isEqualTo(IpcKind.RECEIVE);
        assertThat(record.dope().error()).isEqualTo(IpcError.RECEIVE_TIMEOUT);
        assertThat(record.sender()).isEqualTo(SERVER);
        assertThat(record.receiver()).isEqualTo(CLIENT);
    }

    @Test
    void aPageFaultIsACallToThePagerThatTheMappingAnswers() {
        int open = new ReceiveDescriptor(OPEN).word();
        tracer.asked(SERVER, ask(NONE, open, new ThreadId(0, 0), 0, 0), at(5));
        tracer.faulted(CLIENT, 0x00400002, 0x00100010, at(50));
        IpcRecord fault = tracer.returned(SERVER, got(0, CLIENT, 0x00400002, 0x00100010), at(150));
        assertThat(fault.kind()).isEqualTo(IpcKind.PAGE_FAULT);
        assertThat(fault.sender()).isEqualTo(CLIENT);
        assertThat(fault.maps()).isFalse();

        tracer.asked(SERVER, ask(2, open, CLIENT, 0x00400000, 0x00800032), at(200));
        IpcRecord answer = tracer.returned(CLIENT, got(0x1234, new ThreadId(0, 0), 0, 0), at(400));
        assertThat(answer.sender()).isEqualTo(SERVER);
        assertThat(answer.receiver()).isEqualTo(CLIENT);
        assertThat(answer.delivered()).isTrue();
        assertThat(answer.maps()).isTrue();
        assertThat(new Fpage(answer.words().w1())).hasToString("00800000+4K read-write map");
        assertThat(answer.answers()).isEqualTo(fault.number());
    }

    @Test
    void anInterruptIsAMessageThatBeginsWhenItEntersTheKernel() {
        tracer.asked(SERVER, ask(NONE, 0, new ThreadId(2, 0), 0, 0), at(10));
        tracer.entered(at(500));
        IpcRecord record = tracer.returned(SERVER, got(0, new ThreadId(2, 0), 0, 0), at(620));
        assertThat(record.kind()).isEqualTo(IpcKind.INTERRUPT);
        assertThat(record.sender()).hasToString("irq 1");
        assertThat(record.cycles()).isEqualTo(120);
    }

    @Test
    void aReturnFromAnythingElseIsNoMessage() {
        assertThat(tracer.returned(CLIENT, got(0, SERVER, 0, 0), at(10))).isNull();
    }
}

package org.orrery.pc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.orrery.cpu.Cause;
import org.orrery.pc.Outcome.Ending;
import org.orrery.pc.boot.BootOptions;
import org.orrery.pc.boot.ImageLoader;
import org.orrery.pc.boot.LoadAddress;
import org.orrery.pc.input.Input;
import org.orrery.pc.profile.Profile;
import org.orrery.pc.profile.ProfileException;

class MachineTest {
    private static final int SECOND = 50_000_000;

    private final StringBuilder console = new StringBuilder();

    private static Machine running(String hex) {
        return running(Profile.byName(Profile.DEFAULT), hex);
    }

    private static Machine running(Profile profile, String hex) {
        Machine machine = Machine.builder(profile).memory(4 << 20).build();
        byte[] code = HexFormat.of().parseHex(hex.replace(" ", ""));
        ImageLoader.load(machine, "test", code, BootOptions.NONE.withLoadAddress(new LoadAddress(false, 0, 0x100000)));
        return machine;
    }

    private static Input serial(long cycle, String text) {
        return new Input(cycle, Machine.COM1, text.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void theTimerInterruptsAtItsRate() {
        Machine machine = EchoGuest.machine(console);
        assertThat(machine.run(SECOND).ending()).isEqualTo(Ending.LIMIT);
        assertThat(machine.now()).isGreaterThanOrEqualTo(SECOND).isLessThan(SECOND + 200);
        assertThat(machine.memory().peek32(0x500) >>> 16)
                .as("1193.18 ticks, and one that waited")
                .isEqualTo(1194);
        assertThat(machine.cpu().ledger().cycles(Cause.HALT)).isGreaterThan(SECOND / 10 * 9);
    }

    @Test
    void aWriteToTheDisplayCostsAClockAndManyWaitForTheIsaBus() {
        Machine one = running("B8 00800B00 90 90 8908 90 F4");
        one.run(10_000);
        assertThat(one.cpu().ledger().cycles(Cause.WRITE_BUFFER_FULL)).isZero();
        Machine many = running("B8 00800B00" + "8908".repeat(10) + "F4");
        many.run(10_000);
        assertThat(many.now() - one.now())
                .as("a dword is two cycles of three clocks at 8.33 MHz, 36 clocks; the last few go on behind")
                .isGreaterThan(5 * 36);
    }

    @Test
    void portsAndDisplayReadsTakeTheTimeOfTheIsaBus() {
        Machine machine = running("E421 8A0500800B00 E680 E6E8 F4");
        machine.run(10_000);
        assertThat(machine.cpu().ledger().cycles(Cause.DEVICE_WAIT))
                .as(
                        "IN 36, a read of 48, OUT 36, of which IN and OUT contain 2; marks are free; some wait for lines of code")
                .isBetween(34L + 48 + 34, 34L + 48 + 34 + 36);
    }

    @Test
    void whatTheProfileKeepsOutOfCachesIsReadFromMemoryEachTime() {
        assertThat(stallOfTenReads("none")).isZero();
        assertThat(stallOfTenReads("300000-300FFF"))
                .as("DRAM whose row is open")
                .isEqualTo(10 * 4);
        assertThat(stallOfTenReads("301000-FFFFFFFF")).isZero();
        assertThat(stallOfTenReads("100000-100FFF"))
                .as("code runs from there too")
                .isZero();
    }

    /** What ten more reads of an address stall. */
    private static long stallOfTenReads(String uncached) {
        return readMisses(uncached, "14") - readMisses(uncached, "0A");
    }

    private static long readMisses(String uncached, String count) {
        Profile profile = Profile.byName(Profile.DEFAULT, Map.of("uncached", uncached));
        Machine machine =
                running(profile, "B9" + count + "000000 8B1D00003000 49 75F7 F4"); // again: mov ebx, [300000h]; loop
        assertThat(machine.run(10_000).ending()).isEqualTo(Ending.DEAD_HALT);
        return machine.cpu().ledger().cycles(Cause.READ_MISS);
    }

    @Test
    void anInterruptWaitsForItsController() {
        Machine machine = EchoGuest.machine(console);
        machine.run(SECOND / 10);
        stepUntil(machine, true);
        long before = machine.cpu().ledger().cycles(Cause.DEVICE_WAIT);
        stepUntil(machine, false);
        assertThat(machine.cpu().ledger().cycles(Cause.DEVICE_WAIT) - before)
                .as(
                        "two cycles of six clocks at 8.333333 MHz, rounded up to 37, of which INTR's figure contains 2 each")
                .isEqualTo(2 * 35);
    }

    private static void stepUntil(Machine machine, boolean halted) {
        while (machine.cpu().halted() != halted) {
            machine.step();
        }
    }

    @Test
    void inputIsEchoedAndQuitGivesTheStatus() {
        Machine machine = EchoGuest.machine(console);
        machine.input().replay(List.of(serial(1_000_000, "hello"), serial(20_000_000, "q")));
        Outcome outcome = machine.run(SECOND);
        assertThat(outcome.ending()).isEqualTo(Ending.EXITED);
        assertThat(console).hasToString("hello");
        assertThat(outcome.exitStatus()).as("ticks in 0.4 s, low byte").isEqualTo(479 & 0xFF);
    }

    @Test
    void liveInputAndItsRecordingGiveTheSameRun() {
        Machine live = EchoGuest.machine(console);
        live.input().open();
        live.run(3_333_333);
        live.input().offer(Machine.COM1, new byte[] {'a', 'b'});
        live.run(7_654_321);
        live.input().offer(Machine.COM1, new byte[] {'c'});
        live.run(SECOND / 2);

        StringBuilder again = new StringBuilder();
        Machine replayed = EchoGuest.machine(again);
        replayed.input().replay(live.input().log());
        replayed.run(SECOND / 2);
        assertThat(again).hasToString("abc").hasToString(console.toString());
        assertThat(replayed.now()).isEqualTo(live.now());
        assertThat(replayed.stateHash()).isEqualTo(live.stateHash());
    }

    @Test
    void aRunInPiecesIsTheSameRun() {
        Machine whole = EchoGuest.machine(console);
        Machine pieces = EchoGuest.machine(console);
        whole.run(2_000_000);
        for (int limit = 1000; limit < 2_000_000; limit += 1237) {
            pieces.run(limit);
        }
        for (int i = 0; i < 200; i++) {
            pieces.step();
        }
        whole.run(pieces.now());
        assertThat(whole.now()).isEqualTo(pieces.now());
        assertThat(whole.cpu().instructions()).isEqualTo(pieces.cpu().instructions());
        assertThat(whole.stateHash()).isEqualTo(pieces.stateHash());
    }

    @Test
    void lookingDoesNotChangeTheRun() {
        Machine watched = EchoGuest.machine(console);
        Machine alone = EchoGuest.machine(console);
        for (int i = 1; i <= 50; i++) {
            watched.run(i * 31_337L);
            watched.stateHash();
            watched.display().lines();
            for (int port = 0; port < 0x400; port++) {
                watched.ports().peek(port);
            }
        }
        alone.run(50 * 31_337L);
        assertThat(watched.stateHash()).isEqualTo(alone.stateHash());
    }

    @Test
    void machinesLiveSideBySide() {
        Machine a = EchoGuest.machine(console);
        Machine b = running("eb fe");
        b.run(1000);
        a.run(1_000_000);
        b.run(500_000);
        Machine c = EchoGuest.machine(console);
        c.run(1_000_000);
        assertThat(a.stateHash()).isEqualTo(c.stateHash()).isNotEqualTo(b.stateHash());
    }

    @Test
    void theTimerIsIndependentOfTheCpusClock() {
        Machine slow =
                Machine.builder(Profile.byName("486sx25")).memory(1 << 20).build();
        EchoGuest.load(slow);
        slow.run(SECOND / 2);
        assertThat(slow.memory().peek32(0x500) >>> 16).isEqualTo(1194);
    }

    @Test
    void haltWithoutInterruptsIsDead() {
        Outcome outcome = running("fa f4").run(SECOND);
        assertThat(outcome.ending()).isEqualTo(Ending.DEAD_HALT);
        assertThat(outcome.reason()).isNotBlank().doesNotContain("\n");
    }

    @Test
    void aTripleFaultIsReported() {
        Outcome outcome = running("0f 01 1d 00 00 20 00 cc").run(SECOND); // lidt of zeros, int3
        assertThat(outcome.ending()).isEqualTo(Ending.TRIPLE_FAULT);
        assertThat(outcome.reason()).isNotBlank().doesNotContain("\n");
    }

    @Test
    void theGuestCanPullTheResetLine() {
        Machine machine = running("b0 fe e6 64 eb fe");
        assertThat(machine.run(SECOND).ending()).isEqualTo(Ending.RESET);
        long before = machine.now();
        machine.reset();
        EchoGuest.load(machine);
        assertThat(machine.run(before + 1_000_000).ending()).isEqualTo(Ending.LIMIT);
        assertThat(machine.memory().peek32(0x500)).isNotZero();
    }

    @Test
    void theHostCanStopARun() {
        Machine machine = running("eb fe");
        machine.requestStop();
        assertThat(machine.run(SECOND).ending()).isEqualTo(Ending.STOPPED);
    }

    @Test
    void whatTheSerialPortStillHoldsIsShownWhenTheRunEnds() {
        Machine machine = Machine.builder(Profile.byName(Profile.DEFAULT))
                .memory(2 << 20)
                .console(b -> console.append((char) b))
                .build();
        // mov dx,3f8h; mov al,'o'; out dx,al; mov al,'k'; out dx,al; cli; hlt
        byte[] code = HexFormat.of().parseHex("66baf803b06feeb06beefaf4");
        ImageLoader.load(machine, "test", code, BootOptions.NONE.withLoadAddress(new LoadAddress(false, 0, 0x100000)));
        machine.run(SECOND);
        assertThat(console).hasToString("ok");
    }

    @Test
    void memoryOfNonsenseIsRefused() {
        assertThatThrownBy(
                        () -> Machine.builder(Profile.byName(Profile.DEFAULT)).memory(12345))
                .isInstanceOf(ProfileException.class);
    }
}

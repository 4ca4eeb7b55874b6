package org.orrery.pc;

import java.util.List;
import org.orrery.cpu.Cpu;
import org.orrery.cpu.DeviceTiming;
import org.orrery.cpu.EventQueue;
import org.orrery.cpu.Ledger;
import org.orrery.cpu.PhysicalMemory;
import org.orrery.cpu.state.Stateful;
import org.orrery.pc.bus.Oscillator;
import org.orrery.pc.bus.PortSpace;
import org.orrery.pc.bus.Resettable;
import org.orrery.pc.device.CmosMemory;
import org.orrery.pc.device.DebugConsole;
import org.orrery.pc.device.ExitDevice;
import org.orrery.pc.device.InterruptControllers;
import org.orrery.pc.device.KeyboardController;
import org.orrery.pc.device.MarkPort;
import org.orrery.pc.device.NumericErrorLatch;
import org.orrery.pc.device.PostPort;
import org.orrery.pc.device.RealTimeClock;
import org.orrery.pc.device.Serial;
import org.orrery.pc.device.SystemControlPortB;
import org.orrery.pc.device.TextDisplay;
import org.orrery.pc.device.Timer;
import org.orrery.pc.profile.DeviceTimes;
import org.orrery.pc.profile.Profile;

/** The devices around the CPU, and how they are wired to its ports, memory and interrupts. */
final class Board {
    private static final int COM1_PORT = 0x3F8;
    private static final int COM2_PORT = 0x2F8;
    /** Below are the ports that an AT has on its main board. */
    private static final int LAST_CHIPSET_PORT = 0xFF;

    /** The CPU acknowledges an interrupt by two bus cycles; that each takes as long as a port of the controllers is inferred. */
    private static final int INTA_CYCLES = 2;

    private static final int IRQ_TIMER = 0;
    private static final int IRQ_KEYBOARD = 1;
    private static final int IRQ_COM2 = 3;
    private static final int IRQ_COM1 = 4;
    private static final int IRQ_CLOCK = 8;
    private static final int IRQ_X87 = 13;

    private final Profile profile;
    final InterruptControllers interrupts;
    final Timer timer;
    final SystemControlPortB portB;
    final Serial com1;
    final Serial com2;
    final RealTimeClock rtc;
    final KeyboardController keyboard;
    final TextDisplay display;
    final ExitDevice exit;
    final MarkPort marks;
    final PostPort post = new PostPort();
    final DebugConsole debugConsole;
    final NumericErrorLatch numericError;

    Board(
            MachineBuilder b,
            Cpu cpu,
            PhysicalMemory memory,
            InterruptControllers interrupts,
            EventQueue events,
            Runnable resetLine) {
        this.interrupts = interrupts;
        profile = b.profile;
        Ledger clock = cpu.ledger();
        long hz = b.profile.clockHz();
        Oscillator timerClock = new Oscillator(clock, hz, Timer.CRYSTAL_HZ, Timer.CRYSTAL_DIVIDER);
        Oscillator uartClock = new Oscillator(clock, hz, Serial.CRYSTAL_HZ, 1);
        timer = new Timer(timerClock, interrupts.line(IRQ_TIMER), events);
        portB = new SystemControlPortB(timer, timerClock);
        com1 = new Serial(Machine.COM1, COM1_PORT, uartClock, interrupts.line(IRQ_COM1), events, b.console);
        com2 = new Serial(Machine.COM2, COM2_PORT, uartClock, interrupts.line(IRQ_COM2), events, b.serial2);
        Oscillator watch = new Oscillator(clock, hz, RealTimeClock.CRYSTAL_HZ, 1);
        CmosMemory cmos = new CmosMemory(b.memory, b.profile.cpu().fpu(), b.start.getYear() / 100);
        rtc = new RealTimeClock(watch, interrupts.line(IRQ_CLOCK), events, b.start, cmos);
        keyboard = new KeyboardController(memory, clock, hz, interrupts.line(IRQ_KEYBOARD), events, resetLine);
        display = new TextDisplay(new Oscillator(clock, hz, TextDisplay.DOT_CLOCK_HZ, 1));
        exit = new ExitDevice(b.qemuExit, cpu::requestStop);
        marks = new MarkPort(clock, cpu::instructions, b.markListener);
        debugConsole = new DebugConsole(b.debugConsole);
        numericError = new NumericErrorLatch(cpu, interrupts.line(IRQ_X87));
    }

    void attachTo(PortSpace ports, PhysicalMemory memory) {
        memory.map(TextDisplay.BASE, TextDisplay.LENGTH, display, displayTiming());
        time(ports);
        interrupts.attachTo(ports);
        ports.attach(Timer.FIRST_PORT, Timer.LAST_PORT, timer);
        ports.attach(SystemControlPortB.PORT, SystemControlPortB.PORT, portB);
        ports.attach(COM1_PORT, COM1_PORT + Serial.PORTS - 1, com1);
        ports.attach(COM2_PORT, COM2_PORT + Serial.PORTS - 1, com2);
        ports.attach(RealTimeClock.INDEX, RealTimeClock.DATA, rtc);
        ports.attach(KeyboardController.DATA, KeyboardController.DATA, keyboard);
        ports.attach(KeyboardController.COMMAND, KeyboardController.COMMAND, keyboard);
        ports.attach(KeyboardController.FAST, KeyboardController.FAST, keyboard);
        ports.attach(TextDisplay.CRTC_INDEX, TextDisplay.CRTC_INDEX + 1, display);
        ports.attach(TextDisplay.STATUS, TextDisplay.STATUS, display);
        ports.attach(ExitDevice.PORT, ExitDevice.PORT, exit);
        ports.attach(MarkPort.PORT, MarkPort.PORT, marks);
        ports.attach(PostPort.PORT, PostPort.PORT, post);
        ports.attach(DebugConsole.PORT, DebugConsole.PORT, debugConsole);
        ports.attach(NumericErrorLatch.PORT, NumericErrorLatch.PORT, numericError);
    }

    private DeviceTiming displayTiming() {
        DeviceTimes times = profile.devices();
        long hz = profile.clockHz();
        return new DeviceTiming(2, times.cpuClocks(times.vgaRead(), hz), times.cpuClocks(times.vgaWrite(), hz));
    }

    /** Every port is on the ISA bus but for those of the chip set, and for those that no PC has: looking on from there costs nothing. */
    private void time(PortSpace ports) {
        DeviceTimes times = profile.devices();
        int isa = times.cpuClocks(times.isaPort(), profile.clockHz());
        int chipset = times.cpuClocks(times.chipsetPort(), profile.clockHz());
        ports.setClocks(0, 0xFFFF, isa);
        ports.setClocks(0, LAST_CHIPSET_PORT, chipset);
        ports.setClocks(PostPort.PORT, PostPort.PORT, isa);
        interrupts.setWaitClocks(INTA_CYCLES * ports.waitClocks(InterruptControllers.MASTER_PORT, 1));
        for (int port : new int[] {ExitDevice.PORT, MarkPort.PORT, DebugConsole.PORT}) {
            ports.setClocks(port, port, DeviceTiming.ZERO_WAIT.write());
        }
    }

    List<Stateful> parts() {
        return List.of(interrupts, timer, portB, com1, com2, rtc, keyboard, display, exit, marks, post, numericError);
    }

    List<Resettable> resettables() {
        return List.of(interrupts, timer, portB, com1, com2, rtc, keyboard, numericError);
    }
}

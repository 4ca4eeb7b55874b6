package org.orrery.pc.device;

import java.time.LocalDateTime;
import org.orrery.cpu.EventQueue;
import org.orrery.cpu.state.StateReader;
import org.orrery.cpu.state.StateWriter;
import org.orrery.cpu.state.Stateful;
import org.orrery.pc.bus.InterruptLine;
import org.orrery.pc.bus.Oscillator;
import org.orrery.pc.bus.PortDevice;
import org.orrery.pc.bus.Resettable;

/**
 * The MC146818 real-time clock and its CMOS memory, ports 70h and 71h. The time of day is a start time given when the machine is built
 * plus the time simulated; nothing is read from the host. Source: Motorola, MC146818 data sheet.
 */
public final class RealTimeClock implements PortDevice, Resettable, Stateful {
    /** The watch crystal, in Hz. */
    public static final long CRYSTAL_HZ = 32_768;

    public static final int INDEX = 0x70;
    public static final int DATA = 0x71;

    /** The update cycle takes 1,984 microseconds, and its flag is up 244 microseconds before. */
    private static final int UPDATE_TICKS = 73;

    private static final int REGISTER_A = 10;
    private static final int REGISTER_B = 11;
    private static final int REGISTER_C = 12;
    private static final int REGISTER_D = 13;
    private static final int A_UPDATING = 0x80;
    private static final int A_DIVIDER = 0x70;
    private static final int A_DIVIDER_RUNS = 0x20;
    /** Divider running, periodic rate 1,024 Hz: what firmware leaves. */
    private static final int POWER_ON_A = 0x26;

    private static final int B_SET = 0x80;
    private static final int B_UPDATE = 0x10;
    private static final int B_24_HOURS = 2;
    private static final int FLAG_UPDATE = 0x10;
    private static final int FLAG_ALARM = 0x20;
    private static final int FLAG_PERIODIC = 0x40;
    private static final int FLAGS = 0x70;
    private static final int C_INTERRUPT = 0x80;
    private static final int D_VALID = 0x80;

    private final Oscillator crystal;
    private final InterruptLine irq;
    private final EventQueue events;
    private final int event;

    private final CmosMemory memory;
    private final Calendar calendar = new Calendar();
    private int index;
    private int registerA;
    private int registerB;
    private int flags;
    /** The crystal tick at which the last second began; seconds follow every 32,768 ticks while the clock runs. */
    private long secondStart;
    /** The crystal tick up to which the flags are right. */
    private long checked;

    /** @param start the time of day at cycle 0 */
    public RealTimeClock(
            Oscillator crystal, InterruptLine irq, EventQueue events, LocalDateTime start, CmosMemory memory) {
        this.crystal = crystal;
        this.irq = irq;
        this.events = events;
        this.memory = memory;
        event = events.register(now -> update());
        calendar.set(start);
        registerA = POWER_ON_A;
        registerB = B_24_HOURS;
        update();
    }

    /** RESET clears interrupt enables and flags; time and memory are on the battery. */
    @Override
    public void reset() {
        registerB &= ~(FLAGS | 8);
        flags = 0;
        update();
    }

    private boolean running() {
        return (registerB & B_SET) == 0 && (registerA & A_DIVIDER) == A_DIVIDER_RUNS;
    }

    /** Ticks between two periodic flags, 0 if they are off. */
    private long period() {
        int rate = registerA & 15;
        return rate == 0 ? 0 : rate <= 2 ? 1L << rate + 6 : 1L << rate - 1;
    }

    private void advance() {
        long now = crystal.now();
        long period = period();
        if (period != 0 && now / period > checked / period) {
            flags |= FLAG_PERIODIC;
        }
        if (running() && now - secondStart >= CRYSTAL_HZ) {
            long seconds = (now - secondStart) / CRYSTAL_HZ;
            secondStart += seconds * CRYSTAL_HZ;
            flags |= calendar.advance(seconds, registerB) ? FLAG_UPDATE | FLAG_ALARM : FLAG_UPDATE;
        }
        checked = now;
    }

    private void update() {
        advance();
        irq.set((flags & registerB & FLAGS) != 0);
        events.schedule(event, crystal.cycleOf(nextFlag()));
    }

    /** The tick at which the next flag that may interrupt goes up. */
    private long nextFlag() {
        long next = EventQueue.NEVER;
        if ((registerB & FLAG_PERIODIC) != 0 && period() != 0) {
            next = (checked / period() + 1) * period();
        }
        if ((registerB & (FLAG_UPDATE | FLAG_ALARM)) != 0 && running()) {
            next = Math.min(next, secondStart + CRYSTAL_HZ);
        }
        return next;
    }

    @Override
    public int in(int port) {
        if (port == INDEX) {
            return 0xFF;
        }
        update();
        int value = peek(port);
        if (index == REGISTER_C) {
            flags = 0;
            update();
        }
        return value;
    }

    @Override
    public int peek(int port) {
        if (port == INDEX) {
            return 0xFF;
        }
        advance();
        return switch (index) {
            case REGISTER_A -> registerA | (updating() ? A_UPDATING : 0);
            case REGISTER_B -> registerB;
            case REGISTER_C -> flags | ((flags & registerB & FLAGS) != 0 ? C_INTERRUPT : 0);
            case REGISTER_D -> D_VALID;
            default -> Calendar.has(index) ? calendar.read(index, registerB) : memory.read(index);
        };
    }

    private boolean updating() {
        return running() && crystal.now() - secondStart >= CRYSTAL_HZ - UPDATE_TICKS;
    }

    @Override
    public void out(int port, int value) {
        if (port == INDEX) {
            index = value & 0x7F;
            return;
        }
        update();
        switch (index) {
            case REGISTER_A -> writeA(value & ~A_UPDATING);
            case REGISTER_B -> writeB(value);
            case REGISTER_C, REGISTER_D -> {} // read-only
            default -> {
                if (Calendar.has(index)) {
                    calendar.write(index, value, registerB);
                } else {
                    memory.write(index, value);
                }
            }
        }
        update();
    }

    /** The first update comes half a second after the divider chain is let go. */
    private void writeA(int value) {
        boolean stopped = (registerA & A_DIVIDER) != A_DIVIDER_RUNS;
        registerA = value;
        if (stopped && (value & A_DIVIDER) == A_DIVIDER_RUNS) {
            secondStart = crystal.now() - CRYSTAL_HZ / 2;
        }
    }

    /** SET stops the updates but not the divider, so the seconds keep their phase; it also clears the update interrupt's enable. */
    private void writeB(int value) {
        if ((registerB & B_SET) != 0 && (value & B_SET) == 0) {
            long missed = (crystal.now() - secondStart) / CRYSTAL_HZ;
            secondStart += Math.max(0, missed) * CRYSTAL_HZ;
        }
        registerB = (value & B_SET) != 0 ? value & ~B_UPDATE : value;
    }

    @Override
    public String stateName() {
        return "rtc";
    }

    @Override
    public void save(StateWriter out) {
        advance();
        out.putInts("registers", new int[] {index, registerA, registerB, flags});
        out.put("secondStart", secondStart);
        out.put("checked", checked);
        calendar.save(out);
        memory.save(out);
    }

    @Override
    public void load(StateReader in) {
        int[] r = new int[4];
        in.getInts("registers", r);
        index = r[0];
        registerA = r[1];
        registerB = r[2];
        flags = r[3];
        secondStart = in.getLong("secondStart");
        checked = in.getLong("checked");
        calendar.load(in);
        memory.load(in);
    }
}

package org.orrery.pc.device;

import org.orrery.cpu.EventQueue;
import org.orrery.cpu.state.StateReader;
import org.orrery.cpu.state.StateWriter;

/**
 * One counter of an 8254. {@link #tick} is what one clock pulse does; {@link #advance} reaches any later time by the same rule in few
 * steps, since between two pulses that matter a counter only counts down. Source: Intel, 8254 data sheet (order 231164).
 */
final class TimerChannel {
    private static final int LATCH_STATUS_OUT = 0x80;
    private static final int LATCH_STATUS_NULL = 0x40;
    /** The data sheet forbids a count of 1 in modes 2 and 3. */
    private static final int SHORTEST_PERIOD = 2;

    private final String name;
    private boolean gate;

    private int mode;
    /** How bytes go through the port: 1 low, 2 high, 3 low then high. */
    private int access = 3;

    private boolean bcd;
    /** The counter works only after a count was written. */
    private boolean counting;
    /** What the next load takes, 1 to 65,536 (10,000 in BCD). */
    private int reload;
    /** What the last load took. */
    private int loaded;
    /** The counting element; in BCD too it holds the number itself. */
    private int count;
    /** The next pulse loads the counting element. */
    private boolean loadNext;
    /** The count written last has not reached the counting element. */
    private boolean nullCount = true;
    /** Terminal count, or the strobe, is still to come. */
    private boolean armed;

    private boolean out;
    private int lowByte;
    private boolean writeHigh;
    private boolean readHigh;
    private int latchedCount;
    private boolean countLatched;
    private int latchedStatus;
    private boolean statusLatched;
    /** Clock pulses seen. */
    private long now;

    TimerChannel(String name, boolean gate) {
        this.name = name;
        this.gate = gate;
    }

    boolean out() {
        return out;
    }

    /** Brings the counter to a time given in clock pulses. */
    void advance(long time) {
        while (now < time) {
            long plain = Math.min(plainTicks(), time - now);
            if (repeats() && time - now >= loaded) {
                now += (time - now) / loaded * loaded;
            } else if (plain > 0) {
                countDown(plain);
                now += plain;
            } else {
                tick();
                now++;
            }
        }
    }

    /** The time of the next pulse that does more than count, or never. */
    long nextChange() {
        long plain = plainTicks();
        return plain == EventQueue.NEVER ? EventQueue.NEVER : now + plain + 1;
    }

    private boolean periodic() {
        return mode == 2 || mode == 3;
    }

    private boolean running() {
        return counting && (gate || mode == 1 || mode == 5);
    }

    private int modulus() {
        return bcd ? 10_000 : 0x10000;
    }

    /** How many pulses from now on only count down. */
    private long plainTicks() {
        if (loadNext) {
            return 0;
        }
        if (!running()) {
            return EventQueue.NEVER;
        }
        return switch (mode) {
            case 2 -> Math.max(0, count - 2);
            case 3 -> longHalf() ? count / 2 : Math.max(0, count / 2 - 1);
            default -> armed ? Math.max(0, count - 1) : strobing() ? 0 : EventQueue.NEVER;
        };
    }

    /** With an odd count, mode 3 stays high for one pulse more than low. */
    private boolean longHalf() {
        return out && (loaded & 1) != 0;
    }

    private boolean strobing() {
        return mode >= 4 && !out;
    }

    private void countDown(long ticks) {
        if (running()) {
            long left = count - (mode == 3 ? 2 : 1) * ticks;
            count = (int) (left < 0 ? Math.floorMod(left, (long) modulus()) : left);
        }
    }

    /** Whole periods change nothing, so a counter that nobody looked at for long need not live through them. */
    private boolean repeats() {
        return periodic() && running() && !loadNext && !nullCount;
    }

    /** One clock pulse. */
    private void tick() {
        if (loadNext) {
            load();
        } else if (running()) {
            switch (mode) {
                case 2 -> tickRate();
                case 3 -> tickSquare();
                default -> tickOnce();
            }
        }
    }

    private void load() {
        loadNext = false;
        nullCount = false;
        loaded = periodic() ? Math.max(SHORTEST_PERIOD, reload) : reload;
        count = mode == 3 && (loaded & 1) != 0 ? loaded - 1 : loaded;
        armed = !periodic();
        out = mode >= 2;
    }

    private void tickRate() {
        if (count <= 1) {
            load();
        } else {
            count--;
            out = count > 1;
        }
    }

    private void tickSquare() {
        if (longHalf() ? count > 0 : count > 2) {
            count -= 2;
        } else {
            boolean next = !out;
            load();
            out = next;
        }
    }

    private void tickOnce() {
        countDown(1);
        if (armed && count == 0) {
            armed = false;
            out = mode < 2;
        } else if (strobing()) {
            out = true;
        }
    }

    /** The gate input; call {@link #advance} first, as before everything below. */
    void setGate(boolean high) {
        if (high && !gate) {
            loadNext |= counting && mode != 0 && mode != 4;
        } else if (!high && periodic()) {
            out = true;
            loadNext = false;
        }
        gate = high;
    }

    /** A control word for this counter. */
    void control(int word) {
        access = word >> 4 & 3;
        int m = word >> 1 & 7;
        mode = m > 5 ? m - 4 : m;
        bcd = (word & 1) != 0;
        counting = false;
        loadNext = false;
        nullCount = true;
        armed = false;
        out = mode != 0;
        writeHigh = false;
        readHigh = false;
        countLatched = false;
        statusLatched = false;
    }

    void write(int value) {
        if (access == 3 && !writeHigh) {
            lowByte = value;
            writeHigh = true;
            if (mode == 0) {
                counting = false;
                out = false;
            }
            return;
        }
        writeHigh = false;
        setCount(access == 3 ? value << 8 | lowByte : access == 2 ? value << 8 : value);
    }

    private void setCount(int raw) {
        int number = bcd ? fromBcd(raw) : raw;
        reload = number == 0 ? modulus() : number;
        nullCount = true;
        if (mode == 0) {
            out = false;
        }
        boolean waitsForGate = mode == 1 || mode == 5 || periodic() && (counting || !gate);
        loadNext |= !waitsForGate;
        counting = true;
    }

    void latchCount() {
        if (!countLatched) {
            latchedCount = visibleCount();
            countLatched = true;
        }
    }

    void latchStatus() {
        if (!statusLatched) {
            latchedStatus = (out ? LATCH_STATUS_OUT : 0)
                    | (nullCount ? LATCH_STATUS_NULL : 0)
                    | access << 4
                    | mode << 1
                    | (bcd ? 1 : 0);
            statusLatched = true;
        }
    }

    int read() {
        int value = peek();
        if (statusLatched) {
            statusLatched = false;
        } else {
            boolean last = access != 3 || readHigh;
            readHigh = !last;
            countLatched &= !last;
        }
        return value;
    }

    int peek() {
        if (statusLatched) {
            return latchedStatus;
        }
        int value = countLatched ? latchedCount : visibleCount();
        return access == 2 || access == 3 && readHigh ? value >> 8 : value & 0xFF;
    }

    private int visibleCount() {
        int number = count % modulus();
        return bcd ? toBcd(number) : number;
    }

    private static int fromBcd(int raw) {
        return (raw >> 12) * 1000 + (raw >> 8 & 15) * 100 + (raw >> 4 & 15) * 10 + (raw & 15);
    }

    private static int toBcd(int number) {
        return number / 1000 << 12 | number / 100 % 10 << 8 | number / 10 % 10 << 4 | number % 10;
    }

    void save(StateWriter to) {
        to.section(name);
        to.putInts("registers", new int[] {mode, access, reload, loaded, count, lowByte, latchedCount, latchedStatus});
        boolean[] flags = {
            gate, bcd, counting, loadNext, nullCount, armed, out, writeHigh, readHigh, countLatched, statusLatched
        };
        int bits = 0;
        for (int i = 0; i < flags.length; i++) {
            bits |= flags[i] ? 1 << i : 0;
        }
        to.put("flags", bits);
        to.put("now", now);
    }

    void load(StateReader from) {
        from.section(name);
        int[] r = new int[8];
        from.getInts("registers", r);
        mode = r[0];
        access = r[1];
        reload = r[2];
        loaded = r[3];
        count = r[4];
        lowByte = r[5];
        latchedCount = r[6];
        latchedStatus = r[7];
        loadFlags(from.getInt("flags"));
        now = from.getLong("now");
    }

    private void loadFlags(int bits) {
        gate = (bits & 1) != 0;
        bcd = (bits & 2) != 0;
        counting = (bits & 4) != 0;
        loadNext = (bits & 8) != 0;
        nullCount = (bits & 16) != 0;
        armed = (bits & 32) != 0;
        out = (bits & 64) != 0;
        writeHigh = (bits & 128) != 0;
        readHigh = (bits & 256) != 0;
        countLatched = (bits & 512) != 0;
        statusLatched = (bits & 1024) != 0;
    }
}

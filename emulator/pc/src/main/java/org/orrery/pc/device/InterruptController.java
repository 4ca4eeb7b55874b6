package org.orrery.pc.device;

import org.orrery.cpu.state.StateReader;
import org.orrery.cpu.state.StateWriter;
import org.orrery.cpu.state.Stateful;
import org.orrery.pc.bus.InterruptLine;
import org.orrery.pc.bus.PortDevice;
import org.orrery.pc.bus.Resettable;

/** One 8259A in 8086 mode. Source: Intel, 8259A data sheet (order 231468); names are its names. */
final class InterruptController implements PortDevice, Resettable, Stateful {
    private static final int ICW1_IC4 = 1;
    private static final int ICW1_SINGLE = 2;
    private static final int ICW1_LEVEL = 8;
    private static final int ICW4_AUTO_EOI = 2;
    private static final int ICW4_FULLY_NESTED = 0x10;
    private static final int POLL_PENDING = 0x80;
    private static final int SPURIOUS = 7;
    private static final int NONE = 8;

    private final String name;
    private final int cascadeInputs;
    private InterruptLine output = high -> {};

    private int lines;
    private int irr;
    private int isr;
    private int imr;
    private int vectorBase;
    /** The initialisation command word that the next write to port 1 is, 0 if it is the mask. */
    private int nextIcw;

    private int icw1;
    private int icw4;
    /** The input of lowest priority; the one after it has the highest. */
    private int lowest;

    private boolean rotateOnAutoEoi;
    private boolean specialMask;
    private boolean readIsr;
    private boolean poll;

    /** @param cascadeInputs the inputs, as bits, to which another 8259A is wired */
    InterruptController(String name, int cascadeInputs) {
        this.name = name;
        this.cascadeInputs = cascadeInputs;
        reset();
    }

    /** Wires the INT pin. */
    void connect(InterruptLine line) {
        output = line;
    }

    @Override
    public void reset() {
        irr = 0;
        isr = 0;
        imr = 0xFF;
        vectorBase = 0;
        nextIcw = 0;
        icw1 = 0;
        icw4 = 0;
        lowest = 7;
        rotateOnAutoEoi = false;
        specialMask = false;
        readIsr = false;
        poll = false;
        drive();
    }

    /** The level of an IR input. In edge mode a request that goes away before it is acknowledged is forgotten. */
    void input(int number, boolean high) {
        int bit = 1 << number;
        if (high) {
            if ((lines & bit) == 0 || level()) {
                irr |= bit;
            }
            lines |= bit;
        } else {
            lines &= ~bit;
            irr &= ~bit;
        }
        drive();
    }

    private boolean level() {
        return (icw1 & ICW1_LEVEL) != 0;
    }

    private void drive() {
        output.set(pending() != NONE);
    }

    /**
     * The request that would be served now, or NONE. In special fully nested mode the slave may interrupt its own service. There is no
     * request while the chip is being initialised.
     */
    private int pending() {
        int inService = specialMask ? isr & ~imr : isr;
        int nested = (icw4 & ICW4_FULLY_NESTED) != 0 ? cascadeInputs : 0;
        int requests = nextIcw == 0 ? irr & ~imr : 0;
        for (int i = 1; requests != 0 && i <= 8; i++) {
            int bit = 1 << (lowest + i & 7);
            if ((requests & bit & (~inService | nested)) != 0) {
                return lowest + i & 7;
            }
            if ((inService & bit) != 0) {
                return NONE;
            }
        }
        return NONE;
    }

    /**
     * The INTA cycles.
     *
     * @return the input served, 7 if the request has gone away
     */
    int acknowledge() {
        int number = pending();
        if (number == NONE) {
            output.set(false);
            return SPURIOUS;
        }
        serve(number);
        return number;
    }

    private void serve(int number) {
        int bit = 1 << number;
        if (!level()) {
            irr &= ~bit;
        }
        if ((icw4 & ICW4_AUTO_EOI) == 0) {
            isr |= bit;
        } else if (rotateOnAutoEoi) {
            lowest = number;
        }
        output.set(false);
        drive();
    }

    int vector(int number) {
        return vectorBase | number;
    }

    @Override
    public int in(int port) {
        if (!poll) {
            return peek(port);
        }
        poll = false;
        int number = pending();
        if (number == NONE) {
            return 0;
        }
        serve(number);
        return POLL_PENDING | number;
    }

    @Override
    public int peek(int port) {
        return (port & 1) != 0 ? imr : readIsr ? isr : irr;
    }

    @Override
    public void out(int port, int value) {
        if ((port & 1) != 0) {
            writeMaskOrIcw(value);
        } else if ((value & 0x10) != 0) {
            initialise(value);
        } else if ((value & 8) != 0) {
            writeOcw3(value);
        } else {
            writeOcw2(value);
        }
        drive();
    }

    private void initialise(int value) {
        reset();
        imr = 0;
        icw1 = value;
        irr = level() ? lines : 0;
        nextIcw = 2;
    }

    private void writeMaskOrIcw(int value) {
        switch (nextIcw) {
            case 2 -> {
                vectorBase = value & 0xF8;
                nextIcw = (icw1 & ICW1_SINGLE) == 0 ? 3 : nextAfterIcw3();
            }
            case 3 -> nextIcw = nextAfterIcw3(); // which inputs are cascaded is wired, not programmed
            case 4 -> {
                icw4 = value;
                nextIcw = 0;
            }
            default -> imr = value;
        }
    }

    private int nextAfterIcw3() {
        return (icw1 & ICW1_IC4) != 0 ? 4 : 0;
    }

    private void writeOcw3(int value) {
        poll = (value & 4) != 0;
        if ((value & 2) != 0) {
            readIsr = (value & 1) != 0;
        }
        if ((value & 0x40) != 0) {
            specialMask = (value & 0x20) != 0;
        }
    }

    /** End of interrupt and rotation: bits R, SL and EOI in that order. */
    private void writeOcw2(int value) {
        int named = value & 7;
        switch (value >> 5) {
            case 0 -> rotateOnAutoEoi = false;
            case 1 -> endHighest();
            case 3 -> isr &= ~(1 << named);
            case 4 -> rotateOnAutoEoi = true;
            case 5 -> {
                int ended = endHighest();
                lowest = ended == NONE ? lowest : ended;
            }
            case 6 -> lowest = named;
            case 7 -> {
                isr &= ~(1 << named);
                lowest = named;
            }
            default -> {} // 010 is no operation
        }
    }

    /** Non-specific EOI; in special mask mode it does not see masked levels. */
    private int endHighest() {
        int candidates = specialMask ? isr & ~imr : isr;
        for (int i = 1; i <= 8; i++) {
            int number = lowest + i & 7;
            if ((candidates & 1 << number) != 0) {
                isr &= ~(1 << number);
                return number;
            }
        }
        return NONE;
    }

    @Override
    public String stateName() {
        return name;
    }

    @Override
    public void save(StateWriter out) {
        out.putInts("registers", new int[] {lines, irr, isr, imr, vectorBase, nextIcw, icw1, icw4, lowest});
        out.put("rotateOnAutoEoi", rotateOnAutoEoi);
        out.put("specialMask", specialMask);
        out.put("readIsr", readIsr);
        out.put("poll", poll);
    }

    @Override
    public void load(StateReader in) {
        int[] r = new int[9];
        in.getInts("registers", r);
        lines = r[0];
        irr = r[1];
        isr = r[2];
        imr = r[3];
        vectorBase = r[4];
        nextIcw = r[5];
        icw1 = r[6];
        icw4 = r[7];
        lowest = r[8];
        rotateOnAutoEoi = in.getBoolean("rotateOnAutoEoi");
        specialMask = in.getBoolean("specialMask");
        readIsr = in.getBoolean("readIsr");
        poll = in.getBoolean("poll");
    }
}

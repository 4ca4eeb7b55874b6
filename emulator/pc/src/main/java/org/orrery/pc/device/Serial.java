package org.orrery.pc.device;

import java.util.function.IntConsumer;
import org.orrery.cpu.EventQueue;
import org.orrery.cpu.state.StateReader;
import org.orrery.cpu.state.StateWriter;
import org.orrery.cpu.state.Stateful;
import org.orrery.pc.bus.InterruptLine;
import org.orrery.pc.bus.Oscillator;
import org.orrery.pc.bus.PortDevice;
import org.orrery.pc.bus.Resettable;

/**
 * A 16450 serial port with a peer that is always ready. A character takes the time that divisor and format give it. Source for the
 * registers: National Semiconductor, NS16450 data sheet. Characters from outside wait on the line while the guest has not read the last
 * one, so none is lost; an overrun can happen in loopback only.
 */
public final class Serial implements PortDevice, Resettable, Stateful {
    /** The crystal of the serial card, in Hz; divided by 16 and the divisor it gives the baud rate. */
    public static final long CRYSTAL_HZ = 1_843_200;

    public static final int PORTS = 8;

    /** 9600 baud, as QEMU's and most firmware's default. */
    private static final int POWER_ON_DIVISOR = 12;

    private static final int IER_RECEIVED = 1;
    private static final int IER_THRE = 2;
    private static final int IER_LINE = 4;
    private static final int IER_MODEM = 8;
    private static final int LCR_BREAK = 0x40;
    private static final int LCR_DLAB = 0x80;
    private static final int MCR_OUT2 = 8;
    private static final int MCR_LOOP = 0x10;
    private static final int LSR_READY = 1;
    private static final int LSR_OVERRUN = 2;
    private static final int LSR_BREAK = 0x10;
    private static final int LSR_ERRORS = 0x1E;
    private static final int LSR_THRE = 0x20;
    private static final int LSR_TEMT = 0x40;
    /** CTS, DSR and DCD of the peer. */
    private static final int PEER_READY = 0xB0;

    private static final int MSR_RI = 0x40;

    private final String name;
    private final int base;
    private final Oscillator crystal;
    private final InterruptLine irq;
    private final IntConsumer sink;
    private final EventQueue events;
    private final int event;

    private int divisor;
    private int ier;
    private int lcr;
    private int mcr;
    private int lsr;
    private int msr;
    private int scratch;
    private int holding;
    private boolean holdingShown;
    private int shifting;
    private int received;
    private boolean threPending;
    /** When the character in the transmit shift register is through, in crystal ticks. */
    private long transmitEnd;
    /** When the character now arriving is complete, in crystal ticks. */
    private long receiveEnd;
    /** A complete character waits in the receive shift register for the buffer to be read. */
    private boolean heldBack;

    private final ByteQueue line = new ByteQueue();

    /**
     * @param name for the snapshot, for instance {@code com1}
     * @param base the first of eight ports
     * @param sink takes each byte when it leaves on the line
     */
    public Serial(String name, int base, Oscillator crystal, InterruptLine irq, EventQueue events, IntConsumer sink) {
        this.name = name;
        this.base = base;
        this.crystal = crystal;
        this.irq = irq;
        this.events = events;
        this.sink = sink;
        event = events.register(now -> advance());
        reset();
    }

    @Override
    public void reset() {
        divisor = POWER_ON_DIVISOR;
        ier = 0;
        lcr = 3;
        mcr = 0;
        lsr = LSR_THRE | LSR_TEMT;
        msr = PEER_READY;
        threPending = false;
        holdingShown = true;
        heldBack = false;
        transmitEnd = EventQueue.NEVER;
        receiveEnd = line.isEmpty() ? EventQueue.NEVER : crystal.now() + frame();
        update();
    }

    /** Puts bytes on the line towards the guest. */
    public void receive(byte[] bytes) {
        line.addAll(bytes);
        if (receiveEnd == EventQueue.NEVER && !heldBack && !line.isEmpty()) {
            receiveEnd = crystal.now() + frame();
            update();
        }
    }

    /** Shows what the guest has written but the line has not taken yet; for the end of a run. */
    public void drain() {
        advance();
        if (!holdingShown) {
            holdingShown = true;
            sink.accept(holding);
        }
    }

    /** Length of a character on the line, in crystal ticks: start bit, data, parity, stop bits. */
    private long frame() {
        int data = 5 + (lcr & 3);
        int halfStops = (lcr & 4) == 0 ? 2 : data == 5 ? 3 : 4;
        int halfBits = 2 * (1 + data + (lcr >> 3 & 1)) + halfStops;
        return 8L * halfBits * (divisor == 0 ? 0x10000 : divisor);
    }

    /** Lets everything happen that is due by now. */
    private void advance() {
        long now = crystal.now();
        while (transmitEnd <= now || receiveEnd <= now) {
            if (transmitEnd <= receiveEnd) {
                transmitted();
            } else {
                arrived();
            }
        }
        update();
    }

    private void transmitted() {
        long end = transmitEnd;
        transmitEnd = EventQueue.NEVER;
        if (loop()) {
            lsr |= (lsr & LSR_READY) != 0 ? LSR_OVERRUN : LSR_READY;
            received = shifting & dataMask();
        }
        if ((lsr & LSR_THRE) == 0) {
            shift(end);
        } else {
            lsr |= LSR_TEMT;
        }
    }

    /** Moves the character from the holding to the shift register. */
    private void shift(long start) {
        shifting = holding;
        transmitEnd = start + frame();
        lsr = lsr & ~LSR_TEMT | LSR_THRE;
        threPending = true;
        if (!loop() && !holdingShown) {
            sink.accept(shifting & dataMask());
        }
        holdingShown = true;
    }

    private void arrived() {
        long end = receiveEnd;
        receiveEnd = EventQueue.NEVER;
        if ((lsr & LSR_READY) != 0 || loop()) {
            heldBack = true;
        } else {
            accept(end);
        }
    }

    private void accept(long end) {
        heldBack = false;
        received = line.remove() & dataMask();
        lsr |= LSR_READY;
        if (!line.isEmpty()) {
            receiveEnd = end + frame();
        }
    }

    private int dataMask() {
        return (1 << 5 + (lcr & 3)) - 1;
    }

    private boolean loop() {
        return (mcr & MCR_LOOP) != 0;
    }

    /** Drives the interrupt line and schedules the next event. */
    private void update() {
        irq.set(cause() != 1 && (mcr & (MCR_OUT2 | MCR_LOOP)) == MCR_OUT2);
        events.schedule(event, crystal.cycleOf(Math.min(transmitEnd, receiveEnd)));
    }

    /** The interrupt identification: the most urgent cause that is enabled, 1 if there is none. */
    private int cause() {
        if ((ier & IER_LINE) != 0 && (lsr & LSR_ERRORS) != 0) {
            return 6;
        }
        if ((ier & IER_RECEIVED) != 0 && (lsr & LSR_READY) != 0) {
            return 4;
        }
        if ((ier & IER_THRE) != 0 && threPending) {
            return 2;
        }
        return (ier & IER_MODEM) != 0 && (msr & 0x0F) != 0 ? 0 : 1;
    }

    @Override
    public int in(int port) {
        advance();
        int value = peekRegister(port - base);
        switch (port - base) {
            case 0 -> readBuffer();
            case 2 -> threPending &= value != 2;
            case 5 -> lsr &= ~LSR_ERRORS;
            case 6 -> msr &= 0xF0;
            default -> {}
        }
        update();
        return value;
    }

    private void readBuffer() {
        if ((lcr & LCR_DLAB) == 0) {
            lsr &= ~LSR_READY;
            if (heldBack && !loop()) {
                accept(crystal.now());
            }
        }
    }

    @Override
    public int peek(int port) {
        advance();
        return peekRegister(port - base);
    }

    private int peekRegister(int register) {
        boolean dlab = (lcr & LCR_DLAB) != 0;
        return switch (register) {
            case 0 -> dlab ? divisor & 0xFF : received;
            case 1 -> dlab ? divisor >> 8 : ier;
            case 2 -> cause();
            case 3 -> lcr;
            case 4 -> mcr;
            case 5 -> lsr;
            case 6 -> msr;
            default -> scratch;
        };
    }

    @Override
    public void out(int port, int value) {
        advance();
        boolean dlab = (lcr & LCR_DLAB) != 0;
        switch (port - base) {
            case 0 -> {
                if (dlab) {
                    divisor = divisor & 0xFF00 | value;
                } else {
                    transmit(value);
                }
            }
            case 1 -> {
                if (dlab) {
                    divisor = divisor & 0xFF | value << 8;
                } else {
                    enable(value & 0x0F);
                }
            }
            case 3 -> lineControl(value);
            case 4 -> modemControl(value & 0x1F);
            case 7 -> scratch = value;
            default -> {} // FIFO control does not exist on a 16450; the status registers are read-only
        }
        update();
    }

    private void transmit(int value) {
        holding = value;
        holdingShown = false;
        threPending = false;
        lsr &= ~(LSR_THRE | LSR_TEMT);
        if (transmitEnd == EventQueue.NEVER) {
            shift(crystal.now());
        }
    }

    /** Enabling the transmitter's interrupt while the holding register is empty raises it. */
    private void enable(int value) {
        if ((value & ~ier & IER_THRE) != 0 && (lsr & LSR_THRE) != 0) {
            threPending = true;
        }
        ier = value;
    }

    private void lineControl(int value) {
        if (loop() && (value & ~lcr & LCR_BREAK) != 0) {
            lsr |= LSR_BREAK | LSR_READY;
            received = 0;
        }
        lcr = value;
    }

    private void modemControl(int value) {
        mcr = value;
        int lines = loop() ? (value & 1) << 5 | (value & 2) << 3 | (value & 4) << 4 | (value & 8) << 4 : PEER_READY;
        int changed = (lines ^ msr) & 0xF0;
        int ringEnded = msr & ~lines & MSR_RI;
        msr = lines | msr & 0x0F | (changed & ~MSR_RI | ringEnded) >> 4;
        if (!loop() && heldBack && (lsr & LSR_READY) == 0) {
            accept(crystal.now());
        }
    }

    @Override
    public String stateName() {
        return name;
    }

    @Override
    public void save(StateWriter out) {
        out.putInts("registers", new int[] {divisor, ier, lcr, mcr, lsr, msr, scratch, holding, shifting, received});
        out.put("holdingShown", holdingShown);
        out.put("threPending", threPending);
        out.put("heldBack", heldBack);
        out.put("transmitEnd", transmitEnd);
        out.put("receiveEnd", receiveEnd);
        out.putBytes("line", line.toArray());
    }

    @Override
    public void load(StateReader in) {
        int[] r = new int[10];
        in.getInts("registers", r);
        divisor = r[0];
        ier = r[1];
        lcr = r[2];
        mcr = r[3];
        lsr = r[4];
        msr = r[5];
        scratch = r[6];
        holding = r[7];
        shifting = r[8];
        received = r[9];
        holdingShown = in.getBoolean("holdingShown");
        threPending = in.getBoolean("threPending");
        heldBack = in.getBoolean("heldBack");
        transmitEnd = in.getLong("transmitEnd");
        receiveEnd = in.getLong("receiveEnd");
        line.set(in.getBytes("line"));
    }
}

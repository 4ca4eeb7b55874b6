package org.orrery.pc.device;

import org.orrery.cpu.InterruptSource;
import org.orrery.cpu.state.StateReader;
import org.orrery.cpu.state.StateWriter;
import org.orrery.cpu.state.Stateful;
import org.orrery.pc.bus.InterruptLine;
import org.orrery.pc.bus.PortSpace;
import org.orrery.pc.bus.Resettable;

/** The two 8259A of an AT: the slave's INT pin is wired to input 2 of the master. */
public final class InterruptControllers implements InterruptSource, Resettable, Stateful {
    /** The first port of the master. */
    public static final int MASTER_PORT = 0x20;

    private static final int SLAVE_PORT = 0xA0;
    private static final int CASCADE = 2;

    private final InterruptController master = new InterruptController("pic.master", 1 << CASCADE);
    private final InterruptController slave = new InterruptController("pic.slave", 0);
    private int waitClocks;

    public InterruptControllers() {
        slave.connect(high -> master.input(CASCADE, high));
    }

    /** Takes the ports of both chips. */
    public void attachTo(PortSpace ports) {
        ports.attach(MASTER_PORT, MASTER_PORT + 1, master);
        ports.attach(SLAVE_PORT, SLAVE_PORT + 1, slave);
    }

    /** Wires the master's INT pin to the CPU. */
    public void connect(InterruptLine intr) {
        master.connect(intr);
    }

    /**
     * The wire to an interrupt input.
     *
     * @param irq 0 to 15, except 2, which the slave has
     */
    public InterruptLine line(int irq) {
        if (irq == CASCADE || irq < 0 || irq > 15) {
            throw new IllegalArgumentException("no interrupt line " + irq);
        }
        InterruptController chip = irq < 8 ? master : slave;
        return high -> chip.input(irq & 7, high);
    }

    /** Says how many CPU clocks the INTA cycles take beyond two without wait states. */
    public void setWaitClocks(int cpuClocks) {
        waitClocks = cpuClocks;
    }

    @Override
    public int waitClocks() {
        return waitClocks;
    }

    @Override
    public int acknowledge() {
        int number = master.acknowledge();
        return number == CASCADE ? slave.vector(slave.acknowledge()) : master.vector(number);
    }

    @Override
    public void reset() {
        slave.reset();
        master.reset();
    }

    @Override
    public String stateName() {
        return "pic";
    }

    @Override
    public void save(StateWriter out) {
        master.save(out);
        slave.save(out);
    }

    @Override
    public void load(StateReader in) {
        master.load(in);
        slave.load(in);
    }
}

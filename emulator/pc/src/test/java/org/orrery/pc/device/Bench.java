package org.orrery.pc.device;

import org.orrery.cpu.Cause;
import org.orrery.cpu.EventQueue;
import org.orrery.cpu.Ledger;
import org.orrery.cpu.state.StateReader;
import org.orrery.cpu.state.StateWriter;
import org.orrery.cpu.state.Stateful;
import org.orrery.pc.bus.Oscillator;
import org.orrery.pc.bus.PortSpace;

/** Ports, time and events for a device without a CPU; events run on the cycle they are due. */
final class Bench {
    static final long HZ = 50_000_000;

    final Ledger clock = new Ledger();
    final EventQueue events = new EventQueue();
    final PortSpace ports = new PortSpace();

    Oscillator oscillator(long numerator, long denominator) {
        return new Oscillator(clock, HZ, numerator, denominator);
    }

    void pass(long cycles) {
        passUntil(clock.now() + cycles);
    }

    void passUntil(long cycle) {
        while (events.next() <= cycle) {
            clock.charge(Cause.EXECUTE, Math.max(0, events.next() - clock.now()));
            events.runDue(clock.now());
        }
        clock.charge(Cause.EXECUTE, cycle - clock.now());
    }

    int in(int port) {
        return ports.read(port, 1);
    }

    void out(int port, int... values) {
        for (int v : values) {
            ports.write(port, 1, v);
        }
    }

    static byte[] save(Stateful device) {
        StateWriter out = new StateWriter();
        device.save(out);
        return out.toByteArray();
    }

    static void load(Stateful device, byte[] state) {
        device.load(new StateReader(state));
    }
}

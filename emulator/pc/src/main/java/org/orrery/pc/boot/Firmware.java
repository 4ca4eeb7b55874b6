package org.orrery.pc.boot;

import org.orrery.pc.bus.PortSpace;

/** Programs the devices as the firmware of a PC leaves them when it hands over, since there is no firmware that would. */
final class Firmware {
    private static final int MASTER = 0x20;
    private static final int SLAVE = 0xA0;
    private static final int TIMER = 0x40;

    private Firmware() {}

    static void handOver(PortSpace ports) {
        interruptControllers(ports);
        timer(ports);
    }

    /** Vectors 08h and 70h; timer, keyboard, cascade and diskette unmasked, clock, FPU and disk too: SeaBIOS's masks, B8h and 8Eh. */
    private static void interruptControllers(PortSpace ports) {
        out(ports, MASTER, 0x11);
        out(ports, MASTER + 1, 0x08, 0x04, 0x01, 0xB8);
        out(ports, SLAVE, 0x11);
        out(ports, SLAVE + 1, 0x70, 0x02, 0x01, 0x8E);
    }

    /** Counter 0 at 18.2 Hz, counter 1 for the refresh. */
    private static void timer(PortSpace ports) {
        out(ports, TIMER + 3, 0x36);
        out(ports, TIMER, 0, 0);
        out(ports, TIMER + 3, 0x54);
        out(ports, TIMER + 1, 18);
    }

    private static void out(PortSpace ports, int port, int... values) {
        for (int value : values) {
            ports.write(port, 1, value);
        }
    }
}

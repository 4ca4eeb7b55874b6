package org.orrery.pc.device;

import org.orrery.cpu.state.StateReader;
import org.orrery.cpu.state.StateWriter;

/** The keyboard's side of its conversation with the controller: it answers commands, and has no keys of its own. */
final class Keyboard {
    private static final int ACKNOWLEDGE = 0xFA;
    private static final int RESEND = 0xFE;
    private static final int TEST_PASSED = 0xAA;

    private final ByteQueue replies;
    /** The command whose parameter is to come, 0 for none. */
    private int pending;

    Keyboard(ByteQueue replies) {
        this.replies = replies;
    }

    void reset() {
        pending = 0;
    }

    void command(int value) {
        int command = pending;
        pending = 0;
        if (command != 0) {
            parameter(command, value);
            return;
        }
        switch (value) {
            case 0xED, 0xF0, 0xF3 -> {
                reply(ACKNOWLEDGE);
                pending = value;
            }
            case 0xEE -> reply(0xEE);
            case 0xF2 -> reply(ACKNOWLEDGE, 0xAB, 0x41); // an MF2 keyboard, seen through the translation
            case 0xF4, 0xF5, 0xF6 -> reply(ACKNOWLEDGE);
            case 0xFF -> reply(ACKNOWLEDGE, TEST_PASSED);
            default -> reply(RESEND);
        }
    }

    /** Lamps, scan code set or typematic rate; asking for the set (parameter 0) is answered with 2, translated. */
    private void parameter(int command, int value) {
        reply(ACKNOWLEDGE);
        if (command == 0xF0 && value == 0) {
            reply(0x41);
        }
    }

    private void reply(int... bytes) {
        for (int b : bytes) {
            replies.add(b);
        }
    }

    void save(StateWriter out) {
        out.put("pending", pending);
    }

    void load(StateReader in) {
        pending = in.getInt("pending");
    }
}

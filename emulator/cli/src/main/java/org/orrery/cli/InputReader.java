package org.orrery.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.orrery.pc.Machine;

/** Brings the host's standard input to the guest's first serial port, by a thread, so that the machine never waits for the host. */
final class InputReader {
    private static final int CHUNK = 4096;

    private final InputStream in;
    private final Machine machine;
    private volatile boolean open = true;

    private InputReader(InputStream in, Machine machine) {
        this.in = in;
        this.machine = machine;
    }

    /** Starts reading. What is there already, all of a file for instance, enters when the input door first opens, on every run. */
    static InputReader start(InputStream in, Machine machine) throws IOException {
        InputReader reader = new InputReader(in, machine);
        machine.input().open();
        if (in.available() > 0) {
            machine.input().offer(Machine.COM1, in.readNBytes(in.available()));
        }
        Thread thread = new Thread(reader::read, "standard input");
        thread.setDaemon(true);
        thread.start();
        return reader;
    }

    /** Whether more may come. */
    boolean isOpen() {
        return open;
    }

    private void read() {
        byte[] buffer = new byte[CHUNK];
        try {
            for (int n = in.read(buffer); n > 0; n = in.read(buffer)) {
                machine.input().offer(Machine.COM1, Arrays.copyOf(buffer, n));
            }
        } catch (IOException e) {
            // A standard input that cannot be read has ended.
        }
        open = false;
    }
}

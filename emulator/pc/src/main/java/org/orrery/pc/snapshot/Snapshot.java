package org.orrery.pc.snapshot;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.orrery.cpu.state.StateException;
import org.orrery.cpu.state.StateReader;
import org.orrery.cpu.state.StateWriter;
import org.orrery.pc.Machine;

/**
 * The state of a machine at an instruction boundary. A file holds the magic, the schema version, the kind of machine in words, its
 * fingerprint, the cycle, length and CRC-32 of the state, and then the state itself, deflated.
 */
public final class Snapshot {
    /** Goes up whenever a part saves other fields than before. */
    public static final int SCHEMA = 3;

    private static final long MAGIC = 0x4F52_5245_5259_534EL; // "ORRERYSN"
    private static final int LONGEST_STATE = 1 << 30;

    private final String machine;
    private final String fingerprint;
    private final long cycle;
    private final byte[] state;

    private Snapshot(String machine, String fingerprint, long cycle, byte[] state) {
        this.machine = machine;
        this.fingerprint = fingerprint;
        this.cycle = cycle;
        this.state = state;
    }

    /** Takes a snapshot of a machine that stands still. */
    public static Snapshot of(Machine machine) {
        StateWriter out = new StateWriter();
        machine.save(out);
        return new Snapshot(machine.description(), machine.fingerprint(), machine.now(), out.toByteArray());
    }

    /** The cycle at which it was taken. */
    public long cycle() {
        return cycle;
    }

    /**
     * Puts a machine into this state.
     *
     * @throws StateException if the snapshot is of another kind of machine, which then stays as it is
     */
    public void restore(Machine target) {
        if (!fingerprint.equals(target.fingerprint())) {
            throw new StateException(
                    "the snapshot is of " + machine + " and does not fit this machine, " + target.description());
        }
        target.load(new StateReader(state));
    }

    /** Writes the file form; the stream stays open. */
    public void write(OutputStream stream) throws IOException {
        DataOutputStream out = new DataOutputStream(stream);
        out.writeLong(MAGIC);
        out.writeInt(SCHEMA);
        out.writeUTF(machine);
        out.writeUTF(fingerprint);
        out.writeLong(cycle);
        out.writeInt(state.length);
        out.writeLong(crc(state));
        DeflaterOutputStream deflater = new DeflaterOutputStream(out);
        deflater.write(state);
        deflater.finish();
        out.flush();
    }

    /**
     * Reads the file form.
     *
     * @param name of the file, for messages
     * @throws StateException if it is no snapshot, of another schema, or damaged
     */
    public static Snapshot read(String name, InputStream stream) {
        try {
            return read(name, new DataInputStream(new ByteArrayInputStream(stream.readAllBytes())));
        } catch (EOFException e) {
            throw new StateException(name + ": the snapshot is truncated");
        } catch (IOException e) {
            throw new StateException(name + ": the snapshot is damaged: " + e.getMessage());
        }
    }

    private static Snapshot read(String name, DataInputStream in) throws IOException {
        if (in.available() < Long.BYTES || in.readLong() != MAGIC) {
            throw new StateException(name + ": not a snapshot");
        }
        int schema = in.readInt();
        if (schema != SCHEMA) {
            throw new StateException(
                    name + ": a snapshot of schema " + schema + ", and this version reads schema " + SCHEMA);
        }
        String machine = in.readUTF();
        String fingerprint = in.readUTF();
        long cycle = in.readLong();
        int length = in.readInt();
        long crc = in.readLong();
        if (length < 0 || length > LONGEST_STATE) {
            throw new StateException(name + ": the snapshot is damaged");
        }
        byte[] state = new InflaterInputStream(in).readNBytes(length);
        if (state.length < length) {
            throw new StateException(name + ": the snapshot is truncated");
        }
        if (crc(state) != crc) {
            throw new StateException(name + ": the snapshot is damaged");
        }
        return new Snapshot(machine, fingerprint, cycle, state);
    }

    private static long crc(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return crc.getValue();
    }
}

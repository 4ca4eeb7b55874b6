package org.orrery.cli.conform;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads files of captures in the MOO format: chunks of a name of four letters, a length and so many bytes, little-endian; chunks that are
 * not known are passed over.
 */
final class MooReader {
    private static final int CHUNK_HEADER = 8;
    private static final int MAJOR_VERSION = 1;
    private static final int BYTES_OF_RAM_ENTRY = 5;

    private final Path file;
    private final ByteBuffer in;

    private MooReader(Path file, byte[] bytes) {
        this.file = file;
        in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Reads a file, compressed by gzip if its name ends in {@code .gz}.
     *
     * @throws IOException with one line that names file and place, if this is no whole file of captures
     */
    static List<Capture> read(Path file) throws IOException {
        return new MooReader(file, bytes(file)).captures();
    }

    private static byte[] bytes(Path file) throws IOException {
        if (!file.toString().endsWith(".gz")) {
            return Files.readAllBytes(file);
        }
        try (InputStream raw = Files.newInputStream(file);
                InputStream unzipped = new GZIPInputStream(raw)) {
            return unzipped.readAllBytes();
        } catch (ZipException | EOFException e) {
            throw new IOException(file + ": not a whole gzip file: " + e.getMessage(), e);
        }
    }

    private List<Capture> captures() throws IOException {
        int count = header();
        List<Capture> captures = new ArrayList<>();
        while (in.hasRemaining()) {
            int start = in.position();
            String name = chunkName();
            int end = chunkEnd(name, in.limit());
            if (name.equals("TEST")) {
                captures.add(capture(start, end));
            }
            in.position(end);
        }
        if (captures.size() != count) {
            throw new IOException(file + ": has " + captures.size() + " captures where its header says " + count);
        }
        return captures;
    }

    /** Returns the number of captures. */
    private int header() throws IOException {
        if (in.remaining() < CHUNK_HEADER || !chunkName().equals("MOO ")) {
            throw bad(0, "expected 'MOO ', the beginning of a file of captures");
        }
        int end = chunkEnd("MOO ", in.limit());
        need("MOO ", CHUNK_HEADER, end);
        int version = in.get();
        if (version != MAJOR_VERSION) {
            throw bad(CHUNK_HEADER, "expected version " + MAJOR_VERSION + " of the format, not " + version);
        }
        in.position(in.position() + 3);
        int count = in.getInt();
        in.position(end);
        return count;
    }

    private Capture capture(int start, int end) throws IOException {
        need("TEST", 4, end);
        int index = in.getInt();
        String name = "";
        byte[] code = null;
        ProcessorState before = null;
        ProcessorState after = null;
        int exception = -1;
        while (in.position() < end) {
            String part = chunkName();
            int partEnd = chunkEnd(part, end);
            switch (part) {
                case "NAME" -> name = new String(counted(part, partEnd), StandardCharsets.ISO_8859_1);
                case "BYTS" -> code = counted(part, partEnd);
                case "INIT" -> before = state(partEnd);
                case "FINA" -> after = state(partEnd);
                case "EXCP" -> {
                    need(part, 1, partEnd);
                    exception = in.get() & 0xFF;
                }
                default -> {}
            }
            in.position(partEnd);
        }
        if (code == null || before == null || after == null) {
            throw bad(start, "expected a TEST with BYTS, INIT and FINA");
        }
        if (before.registers().size() != Register.values().length) {
            throw bad(start, "expected an INIT with all registers of a 16-bit processor");
        }
        return new Capture(index, name, code, before, after, exception);
    }

    private byte[] counted(String chunk, int end) throws IOException {
        need(chunk, 4, end);
        int count = in.getInt();
        need(chunk, count, end);
        byte[] bytes = new byte[count];
        in.get(bytes);
        return bytes;
    }

    private ProcessorState state(int end) throws IOException {
        Map<Register, Integer> registers = new EnumMap<>(Register.class);
        SortedMap<Integer, Integer> memory = new TreeMap<>();
        while (in.position() < end) {
            String part = chunkName();
            int partEnd = chunkEnd(part, end);
            switch (part) {
                case "REGS" -> registers(registers, partEnd);
                case "RAM " -> memory(memory, partEnd);
                default -> {}
            }
            in.position(partEnd);
        }
        return new ProcessorState(registers, memory);
    }

    private void registers(Map<Register, Integer> registers, int end) throws IOException {
        need("REGS", 2, end);
        int present = in.getShort() & 0xFFFF;
        for (Register register : Register.values()) {
            if ((present >> register.ordinal() & 1) != 0) {
                need("REGS", 2, end);
                registers.put(register, in.getShort() & 0xFFFF);
            }
        }
    }

    private void memory(Map<Integer, Integer> memory, int end) throws IOException {
        need("RAM ", 4, end);
        int count = in.getInt();
        need("RAM ", (long) count * BYTES_OF_RAM_ENTRY, end);
        for (int i = 0; i < count; i++) {
            int at = in.position();
            int address = in.getInt();
            if (address < 0 || address >= CapturedMemory.SIZE) {
                throw bad(at, String.format("expected an address of 24 bits, not %08X", address));
            }
            memory.put(address, in.get() & 0xFF);
        }
    }

    private String chunkName() throws IOException {
        if (in.remaining() < CHUNK_HEADER) {
            throw bad(in.position(), "expected a chunk, but the file ends");
        }
        byte[] name = new byte[4];
        in.get(name);
        return new String(name, StandardCharsets.ISO_8859_1);
    }

    /** Reads a chunk's length; the chunk must end within its parent. */
    private int chunkEnd(String name, int parentEnd) throws IOException {
        int at = in.position();
        long end = at + 4 + (in.getInt() & 0xFFFF_FFFFL);
        if (end > parentEnd) {
            throw bad(at - 4, "chunk '" + name + "' says that it ends at byte " + end + ", beyond " + parentEnd);
        }
        return (int) end;
    }

    private void need(String chunk, long bytes, int end) throws IOException {
        if (bytes < 0 || in.position() + bytes > end) {
            throw bad(in.position(), "chunk '" + chunk + "' is too short for what it says it holds");
        }
    }

    private IOException bad(int at, String what) {
        return new IOException(file + ": byte " + at + ": " + what);
    }
}

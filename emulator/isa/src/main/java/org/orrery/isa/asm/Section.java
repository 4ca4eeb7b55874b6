package org.orrery.isa.asm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What is assembled to one place. As a term of an expression it stands for the address that its first byte has when the
 * program runs.
 */
final class Section implements Term {
    /** Bytes to fill in when all addresses are known. */
    record Fixup(int offset, int size, Value value, boolean relative, Location location, int column) {}

    /** Largest number of bytes in a section that has any in the file; more is taken for a mistake. */
    private static final int LARGEST = 1 << 26;

    final String name;
    private SectionAttributes attributes = new SectionAttributes();
    private final boolean absolute;
    private final long origin;
    private byte[] bytes = new byte[64];
    private int size;
    private List<Fixup> fixups = new ArrayList<>();
    private long loadAddress;
    private long address;
    private long physicalAddress;

    Section(String name) {
        this(name, false, 0);
        attributes.nobits = name.equals(".bss");
    }

    private Section(String name, boolean absolute, long origin) {
        this.name = name;
        this.absolute = absolute;
        this.origin = origin;
    }

    /** Space that only gives addresses to labels. */
    static Section absolute(long origin) {
        Section section = new Section("absolute", true, origin);
        section.attributes.nobits = true;
        return section;
    }

    /** Begins a new pass. */
    void clear() {
        size = 0;
        fixups = new ArrayList<>();
        attributes = new SectionAttributes();
        attributes.nobits = name.equals(".bss");
    }

    SectionAttributes attributes() {
        return attributes;
    }

    int size() {
        return size;
    }

    boolean isAbsolute() {
        return absolute;
    }

    boolean isNobits() {
        return attributes.nobits;
    }

    /** The address of a byte. */
    Value at(long offset) {
        return absolute ? Value.of(origin + offset) : Value.of(this, offset);
    }

    /** The bytes; empty if the section has none in the file. */
    byte[] bytes() {
        return isNobits() ? new byte[0] : Arrays.copyOf(bytes, size);
    }

    int byteAt(int offset) {
        return bytes[offset] & 0xFF;
    }

    void emit(int value) {
        grow(1);
        if (!isNobits()) {
            bytes[size - 1] = (byte) value;
        }
    }

    /** A number, lowest byte first. */
    void emit(long value, int width) {
        for (int i = 0; i < width; i++) {
            emit((int) (i < 8 ? value >> 8 * i : value >> 63));
        }
    }

    void emit(byte[] data, int from, int length) {
        grow(length);
        if (!isNobits()) {
            System.arraycopy(data, from, bytes, size - length, length);
        }
    }

    void reserve(long count) {
        grow(count);
        if (!isNobits()) {
            Arrays.fill(bytes, size - (int) count, size, (byte) 0);
        }
    }

    /** A value that may hold addresses. */
    void emit(Value value, int width, boolean relative, Location location, int column) {
        if (!value.isScalar() || relative) {
            fixups.add(new Fixup(size, width, value, relative, location, column));
        }
        emit(value.number(), width);
    }

    private void grow(long count) {
        long limit = isNobits() ? Integer.MAX_VALUE : LARGEST;
        if (count < 0 || count > limit - size) {
            throw new ExpressionException("section " + name + " grows beyond " + limit + " bytes");
        }
        size += (int) count;
        if (!isNobits() && size > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(size, 2 * bytes.length));
        }
    }

    List<Fixup> fixups() {
        return fixups;
    }

    void patch(Fixup fixup, long number) {
        for (int i = 0; i < fixup.size(); i++) {
            bytes[fixup.offset() + i] = (byte) (number >> 8 * i);
        }
    }

    void place(long load, long run) {
        loadAddress = load;
        address = run;
        physicalAddress = load;
    }

    /** A section without bytes lies beside another in both address spaces, unless its place is given. */
    void placeBeside(Section other) {
        physicalAddress = address - other.address + other.physicalAddress;
    }

    /** Where the first byte is loaded. Of a section without bytes, the address at run time, as NASM has it. */
    long loadAddress() {
        return loadAddress;
    }

    /** Where the first byte is in physical memory. */
    long physicalAddress() {
        return physicalAddress;
    }

    /** Where the first byte is when the program runs: a linear address, as a rule. */
    long address() {
        return address;
    }
}

package org.orrery.cpu;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.orrery.cpu.state.StateReader;
import org.orrery.cpu.state.StateWriter;
import org.orrery.cpu.state.Stateful;

/**
 * Physical memory as the board decodes it: RAM from address 0, holes in it where devices answer, all ones elsewhere. Addresses are
 * physical and unsigned; what is wider than a byte is little-endian and may be misaligned, but an access must not cross a page.
 */
public final class PhysicalMemory implements Stateful {
    /** log2 of the page size. */
    public static final int PAGE_SHIFT = 12;

    private static final int A20 = 1 << 20;
    private static final byte RAM = 0;
    private static final byte CODE = 1;
    private static final byte DEVICE = 2;
    private static final byte HIDDEN = 3;
    private static final VarHandle SHORTS =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private record Range(int base, int length, MemoryMapped device, DeviceTiming timing) {
        boolean contains(int address) {
            return Integer.compareUnsigned(address - base, length) < 0;
        }
    }

    private final byte[] ram;
    /** What each page of RAM is: plain, holding decoded code, behind a device, or with lines hidden by the cache. */
    private final byte[] kind;

    /** Pages of RAM that the board keeps out of caches. */
    private final BitSet uncached = new BitSet();

    private final List<Range> ranges = new ArrayList<>();
    private int addressMask = ~0;
    private CodeObserver observer = (physical, size) -> {};
    private LineData lines;

    /**
     * @param bytes size of RAM, a multiple of 4,096
     */
    public PhysicalMemory(int bytes) {
        if (bytes <= 0 || (bytes & 0xFFF) != 0) {
            throw new IllegalArgumentException("memory size must be a positive multiple of 4096 bytes: " + bytes);
        }
        ram = new byte[bytes];
        kind = new byte[bytes >>> PAGE_SHIFT];
    }

    /** Bytes of RAM. */
    public int size() {
        return ram.length;
    }

    /** Puts a device at a range of pages, over RAM or beyond it. Such pages are never cached. */
    public void map(int base, int length, MemoryMapped device, DeviceTiming timing) {
        ranges.add(new Range(base, length, device, timing));
        for (int page = base >>> PAGE_SHIFT; page < kind.length && page <= (base + length - 1) >>> PAGE_SHIFT; page++) {
            kind[page] = DEVICE;
        }
    }

    /** Keeps the pages of a range of addresses out of caches, both ends included. */
    public void setUncached(int first, int last) {
        int pages = Math.min(last >>> PAGE_SHIFT, kind.length - 1) + 1;
        if (first >>> PAGE_SHIFT < pages) {
            uncached.set(first >>> PAGE_SHIFT, pages);
        }
    }

    /** Address line 20: with the gate closed every address has bit 20 clear. */
    public void setA20(boolean open) {
        addressMask = open ? ~0 : ~A20;
    }

    public boolean a20() {
        return addressMask == ~0;
    }

    /** Whether the board asserts KEN# for this address: RAM is cacheable but for chosen ranges, devices and empty space are not. */
    public boolean cacheable(int physical) {
        int address = physical & addressMask;
        return isRam(address) && !uncached.get(address >>> PAGE_SHIFT);
    }

    /** Whether no device answers there: what the board's memory takes for it is all there is to wait for. */
    boolean onBoard(int physical) {
        int address = physical & addressMask;
        return isRam(address) || find(address) == null;
    }

    private boolean isRam(int address) {
        return Integer.compareUnsigned(address, ram.length) < 0 && kind[address >>> PAGE_SHIFT] != DEVICE;
    }

    /** CPU clocks of a read that a device answers. */
    int readClocks(int physical, int size) {
        return find(physical & addressMask).timing.readClocks(physical, size);
    }

    /** CPU clocks of a write that a device takes. */
    int writeClocks(int physical, int size) {
        return find(physical & addressMask).timing.writeClocks(physical, size);
    }

    private Range find(int address) {
        for (Range r : ranges) {
            if (r.contains(address)) {
                return r;
            }
        }
        return null;
    }

    private boolean plain(int address) {
        return Integer.compareUnsigned(address, ram.length) < 0 && kind[address >>> PAGE_SHIFT] < DEVICE;
    }

    private boolean hidden(int address) {
        return Integer.compareUnsigned(address, ram.length) < 0 && kind[address >>> PAGE_SHIFT] == HIDDEN;
    }

    /** Names the cache lines that may hide memory from the CPU. */
    void hideBehind(LineData lineData) {
        lines = lineData;
    }

    /** A cache line hides the memory at its address from now on. */
    void hide(int line) {
        int a = line & addressMask;
        if (isRam(a)) {
            observer.codeChanged(a, Cache.LINE);
            kind[a >>> PAGE_SHIFT] = HIDDEN;
        }
    }

    /** A cache line does not hide memory any more; {@code othersDo} tells whether others hide bytes of its page. */
    void unhide(int line, boolean othersDo) {
        int a = line & addressMask;
        if (hidden(a)) {
            observer.codeChanged(a, Cache.LINE);
            kind[a >>> PAGE_SHIFT] = othersDo ? HIDDEN : CODE;
        }
    }

    /** A byte of memory behind the lines that may hide it. */
    int readHidden8(int address) {
        return hidden(address) ? ram[address] & 0xFF : readDevice(address, 1);
    }

    void writeHidden8(int address, int value) {
        if (hidden(address)) {
            ram[address] = (byte) value;
        } else {
            writeDevice(address, 1, value & 0xFF);
        }
    }

    /** Reads what is not plain RAM. */
    private int readOther(int address, int size) {
        if (lines != null && (lines.hides(address, size) || hidden(address))) {
            return lines.read(address, size);
        }
        return readDevice(address, size);
    }

    public int read8(int physical) {
        int a = physical & addressMask;
        return plain(a) ? ram[a] & 0xFF : readOther(a, 1);
    }

    public int read16(int physical) {
        int a = physical & addressMask;
        return plain(a) ? (short) SHORTS.get(ram, a) & 0xFFFF : readOther(a, 2);
    }

    public int read32(int physical) {
        int a = physical & addressMask;
        return plain(a) ? (int) INTS.get(ram, a) : readOther(a, 4);
    }

    public void write8(int physical, int value) {
        int a = physical & addressMask;
        if (writable(a, 1, value)) {
            ram[a] = (byte) value;
        }
    }

    public void write16(int physical, int value) {
        int a = physical & addressMask;
        if (writable(a, 2, value)) {
            SHORTS.set(ram, a, (short) value);
        }
    }

    public void write32(int physical, int value) {
        int a = physical & addressMask;
        if (writable(a, 4, value)) {
            INTS.set(ram, a, value);
        }
    }

    /** Whether the bytes go to RAM; if not, they have gone to a device or nowhere. */
    private boolean writable(int address, int size, int value) {
        if (Integer.compareUnsigned(address, ram.length) < 0) {
            byte k = kind[address >>> PAGE_SHIFT];
            if (k == RAM) {
                return true;
            }
            if (k == CODE) {
                observer.codeChanged(address, size);
                return true;
            }
        }
        writeOther(address, size, value);
        return false;
    }

    /** Writes what is not plain RAM. */
    private void writeOther(int address, int size, int value) {
        boolean inRam = hidden(address);
        if (inRam) {
            observer.codeChanged(address, size);
        }
        if (lines != null && lines.hides(address, size) && !lines.write(address, size, value)) {
            return;
        }
        if (inRam) {
            for (int i = 0; i < size; i++) {
                ram[address + i] = (byte) (value >>> 8 * i);
            }
        } else {
            writeDevice(address, size, value);
        }
    }

    private int readDevice(int address, int size) {
        Range r = find(address);
        return r == null ? openBus(size) : r.device.read(address - r.base, size);
    }

    private void writeDevice(int address, int size, int value) {
        Range r = find(address);
        if (r != null) {
            r.device.write(address - r.base, size, value);
        }
    }

    private static int openBus(int size) {
        return size == 4 ? ~0 : (1 << 8 * size) - 1;
    }

    /** Reads a byte without side effects; for debuggers and loaders. */
    public int peek8(int physical) {
        int a = physical & addressMask;
        if (plain(a)) {
            return ram[a] & 0xFF;
        }
        if (lines != null && (lines.hides(a, 1) || hidden(a))) {
            return lines.read(a, 1);
        }
        Range r = find(a);
        return r == null ? openBus(1) : r.device.peek(a - r.base, 1);
    }

    /** Reads four bytes, aligned or not, without side effects. */
    public int peek32(int physical) {
        return peek8(physical) | peek8(physical + 1) << 8 | peek8(physical + 2) << 16 | peek8(physical + 3) << 24;
    }

    /**
     * Puts bytes into RAM, as a boot loader or a bus master does.
     *
     * @throws IndexOutOfBoundsException if they do not fit
     */
    public void load(int physical, byte[] bytes) {
        java.util.Objects.checkFromIndexSize(physical & 0xFFFF_FFFFL, bytes.length, (long) ram.length);
        for (int i = 0; i < bytes.length; ) {
            int run = Math.min(bytes.length - i, 4096 - (physical + i & 0xFFF));
            if (kind[physical + i >>> PAGE_SHIFT] == CODE) {
                observer.codeChanged(physical + i, run);
            }
            System.arraycopy(bytes, i, ram, physical + i, run);
            i += run;
        }
    }

    /** The number of the page of RAM that an address is in, or -1 if it is not in RAM. */
    int pageNumber(int physical) {
        int a = physical & addressMask;
        return Integer.compareUnsigned(a, ram.length) < 0 ? a >>> PAGE_SHIFT : -1;
    }

    /** Names who is told when marked code pages change. */
    void observeCode(CodeObserver codeObserver) {
        observer = codeObserver;
    }

    /** Marks the page of a physical address as holding decoded code; devices and empty space cannot be marked. */
    boolean markCode(int physical) {
        int a = physical & addressMask;
        if (!plain(a)) {
            return false;
        }
        kind[a >>> PAGE_SHIFT] = CODE;
        return true;
    }

    @Override
    public String stateName() {
        return "memory";
    }

    @Override
    public void save(StateWriter out) {
        out.put("a20", a20());
        out.putBytes("ram", ram);
    }

    @Override
    public void load(StateReader in) {
        setA20(in.getBoolean("a20"));
        in.getBytes("ram", ram);
    }
}

package org.orrery.cpu;

import org.orrery.cpu.state.StateReader;
import org.orrery.cpu.state.StateWriter;
import org.orrery.cpu.state.Stateful;

/**
 * Linear memory: translation by the TLB and the page tables, and the reads and writes that go through TLB and cache in that order and
 * charge the ledger themselves. Addresses are linear unless named physical.
 */
final class Mmu implements Stateful {
    private static final int PRESENT = 1;
    private static final int WRITABLE = 1 << 1;
    private static final int USER = 1 << 2;
    private static final int ACCESSED = 1 << 5;
    private static final int DIRTY = 1 << 6;
    private static final int PAGE = ~0xFFF;

    /** Of an entry of a page table, and of CR3: what it leads to fills no line of the cache. */
    private static final int PCD = 1 << 4;

    /**
     * A third of the 9 clocks of a TLB miss with both table entries in the cache: one goes before each read of a table and one after them. Source
     * of the 9: Liedtke, SOSP 1993, Table 3. With entries that are not cached, each costs the two clocks of a read miss, and Intel's 13 come out
     * (273021 section 12.3.1 rule 10) if the fill of the first entry's line is over when the second is read; hence the thirds (inferred).
     */
    private static final int THIRD_OF_WALK = 3;
    /** Setting the accessed or dirty bit of one entry, and of a second: 21 - 13 and 28 - 21 of the same rule. */
    private static final int FIRST_UPDATE = 8;

    private static final int SECOND_UPDATE = 7;
    /** An operand that crosses a dword boundary, in the cache. Source: Intel's clock table, {@code penalties.md} section 6. */
    private static final int MISALIGNED = 3;

    /** How an access is made: bit 0 a write, bit 1 by user code. */
    static final int READ = 0;

    static final int WRITE = 1;
    static final int BY_USER = 2;

    private static final int FAULT_PRESENT = 1;
    private static final int FAULT_WRITE = 2;
    private static final int FAULT_USER = 4;

    final Tlb tlb = new Tlb();
    final TlbTestRegisters tlbTest = new TlbTestRegisters(tlb);
    final Cache cache;
    final LineData lines;
    final CacheTestRegisters cacheTest;
    final Bus bus;

    private final PhysicalMemory memory;
    private final Ledger ledger;
    private final GuestFault fault;
    private final AddressSpaces spaces;

    boolean paging;
    /** CR0.WP: the supervisor may not write to read-only pages. */
    boolean writeProtect;
    /** The faulting linear address, CR2. */
    int faultAddress;
    /** CR3. */
    private int directory;
    /** BY_USER while CPL is 3, else 0. */
    int user;
    /** EFLAGS.AC, CR0.AM and CPL 3 together. */
    boolean alignmentCheck;

    /** Which attributes of a TLB entry an access needs, for each way to access; see {@link #permitted}. */
    private final int[] needed = new int[4];

    Mmu(CpuConfig config, PhysicalMemory memory, Ledger ledger, GuestFault fault) {
        this.memory = memory;
        this.ledger = ledger;
        this.fault = fault;
        cache = new Cache(config.cacheBytes(), config.cacheWays());
        lines = new LineData(cache, memory);
        cache.attach(lines);
        cacheTest = new CacheTestRegisters(cache, lines);
        bus = new Bus(config, ledger, cache, memory);
        spaces = config.taggedTlb() ? new AddressSpaces() : null;
        setWriteProtect(false);
    }

    void reset() {
        paging = false;
        faultAddress = 0;
        directory = 0;
        user = 0;
        alignmentCheck = false;
        setWriteProtect(false);
        tlb.flush();
        bus.invalidate();
        lines.setWritesStay(true);
        cacheTest.reset();
        bus.setCacheMode(true, true);
    }

    void setWriteProtect(boolean on) {
        writeProtect = on;
        needed[READ] = 0;
        needed[WRITE] = Tlb.DIRTY | (on ? Tlb.WRITABLE : 0);
        needed[BY_USER | READ] = Tlb.USER;
        needed[BY_USER | WRITE] = Tlb.USER | Tlb.WRITABLE | Tlb.DIRTY;
    }

    int directory() {
        return directory;
    }

    /** Loads CR3 and flushes the TLB; if its entries carry tags, only a load of the value that is there already flushes. */
    void setDirectory(int value) {
        boolean same = ((directory ^ value) & PAGE) == 0;
        directory = value;
        if (spaces == null || same) {
            tlb.flush();
        } else {
            tlb.useSpace(spaces.number(value & PAGE, tlb));
        }
    }

    /** Translates for an access of the current privilege level. */
    int translate(int linear, int access) {
        return paging ? lookup(linear, access | user) : linear;
    }

    private int lookup(int linear, int access) {
        int n = tlb.lookup(linear);
        if (n != Tlb.MISS) {
            int entry = tlb.entry(n);
            if ((~entry & needed[access]) == 0) {
                return entry & PAGE | linear & ~PAGE;
            }
        }
        return walk(linear, access) & PAGE | linear & ~PAGE;
    }

    /**
     * Walks the page tables through the cache and enters what it finds into the TLB. A TLB entry that does not permit the access is walked
     * again too: for a clear dirty bit the chip does so, for lesser rights it is inferred.
     */
    private int walk(int linear, int access) {
        int pdeAddress = directory & PAGE | linear >>> 20 & 0xFFC;
        int pde = readTable(pdeAddress, directory, linear, access);
        int pteAddress = pde & PAGE | linear >>> 10 & 0xFFC;
        int pte = readTable(pteAddress, pde, linear, access);
        ledger.charge(Cause.TLB_WALK, THIRD_OF_WALK);
        int both = pde & pte;
        if (!permitted(both, access)) {
            throw pageFault(linear, access, FAULT_PRESENT);
        }
        int newPte = pte | ACCESSED | ((access & WRITE) != 0 ? DIRTY : 0);
        boolean first = (pde & ACCESSED) == 0;
        if (first) {
            update(pdeAddress, pde | ACCESSED, FIRST_UPDATE);
        }
        if (newPte != pte) {
            update(pteAddress, newPte, first ? SECOND_UPDATE : FIRST_UPDATE);
        }
        int attributes = ((both & USER) != 0 ? Tlb.USER : 0)
                | ((both & WRITABLE) != 0 ? Tlb.WRITABLE : 0)
                | ((newPte & DIRTY) != 0 ? Tlb.DIRTY : 0)
                | ((pte & PCD) != 0 ? Tlb.UNCACHED : 0);
        return tlb.entry(tlb.fill(linear, newPte, attributes));
    }

    private void update(int physical, int entry, int clocks) {
        bus.lockedUpdate(physical, Cause.TLB_WALK, clocks);
        memory.write32(physical, entry);
    }

    /** Reads an entry; {@code parent} is the one that led to its table, or CR3, and says whether the cache may keep it. */
    private int readTable(int physical, int parent, int linear, int access) {
        ledger.charge(Cause.TLB_WALK, THIRD_OF_WALK);
        if (!bus.serves(physical)) {
            bus.readTable(physical, (parent & PCD) == 0);
        }
        int entry = memory.read32(physical);
        if ((entry & PRESENT) == 0) {
            throw pageFault(linear, access, 0);
        }
        return entry;
    }

    private boolean permitted(int entry, int access) {
        boolean byUser = (access & BY_USER) != 0;
        if (byUser && (entry & USER) == 0) {
            return false;
        }
        return (access & WRITE) == 0 || (entry & WRITABLE) != 0 || !byUser && !writeProtect;
    }

    private GuestFault pageFault(int linear, int access, int present) {
        faultAddress = linear;
        int write = (access & WRITE) != 0 ? FAULT_WRITE : 0;
        int byUser = (access & BY_USER) != 0 ? FAULT_USER : 0;
        return fault.of(GuestFault.PF, present | write | byUser);
    }

    /** Translates without side effects; -1 if not present. */
    long peek(int linear) {
        if (!paging) {
            return linear & 0xFFFF_FFFFL;
        }
        int pde = memory.peek32(directory & PAGE | linear >>> 20 & 0xFFC);
        if ((pde & PRESENT) == 0) {
            return -1;
        }
        int pte = memory.peek32(pde & PAGE | linear >>> 10 & 0xFFC);
        return (pte & PRESENT) == 0 ? -1 : (pte & PAGE | linear & ~PAGE) & 0xFFFF_FFFFL;
    }

    /** Brings a line of code that is waited for. */
    void fetch(int linear, int physical) {
        if (!bus.has(physical)) {
            bus.fetch(physical, mayFill(linear));
        }
    }

    /** Asks for a line of code that is not waited for yet; returns whether the cache has it. */
    boolean prefetch(int linear, int physical) {
        return bus.has(physical) || bus.prefetch(physical, mayFill(linear));
    }

    /** The physical address of code at a linear one if that needs no walk of the page tables, as an unsigned number, or -1. */
    long resident(int linear) {
        if (!paging) {
            return linear & 0xFFFF_FFFFL;
        }
        int n = tlb.find(linear);
        if (n == Tlb.MISS || (~tlb.entry(n) & needed[READ | user]) != 0) {
            return -1;
        }
        return (tlb.entry(n) & PAGE | linear & ~PAGE) & 0xFFFF_FFFFL;
    }

    /** Whether the page tables let the cache keep what is at a linear address that the TLB has. */
    private boolean mayFill(int linear) {
        if (!paging) {
            return true;
        }
        int n = tlb.find(linear);
        return n == Tlb.MISS || (tlb.entry(n) & Tlb.UNCACHED) == 0;
    }

    /** Lets the time of a read pass: the shortest way is that of a hit. */
    private void touch(int linear, int physical, int size) {
        if (!bus.serves(physical)) {
            miss(linear, physical, size);
        }
    }

    private void miss(int linear, int physical, int size) {
        bus.read(physical, size, mayFill(linear));
    }

    int read8(int linear) {
        return read8(linear, READ);
    }

    int read16(int linear) {
        return read16(linear, READ);
    }

    int read32(int linear) {
        return read32(linear, READ);
    }

    /** Reads what the same instruction will write back: faults now if that write would. {@code access} is READ or WRITE. */
    int read8(int linear, int access) {
        int physical = translate(linear, access);
        touch(linear, physical, 1);
        return memory.read8(physical);
    }

    int read16(int linear, int access) {
        if ((linear & 1) != 0) {
            return readMisaligned(linear, 2, access);
        }
        int physical = translate(linear, access);
        touch(linear, physical, 2);
        return memory.read16(physical);
    }

    int read32(int linear, int access) {
        if ((linear & 3) != 0) {
            return readMisaligned(linear, 4, access);
        }
        int physical = translate(linear, access);
        touch(linear, physical, 4);
        return memory.read32(physical);
    }

    /** Reads 64 bits, which come in one burst if they are aligned. */
    long read64(int linear) {
        if ((linear & 7) != 0) {
            return read32(linear) & 0xFFFF_FFFFL | (long) read32(linear + 4) << 32;
        }
        int physical = translate(linear, READ);
        if (!bus.serves(physical) || !bus.serves(physical + 4)) {
            bus.read64(physical, mayFill(linear));
        }
        return memory.read32(physical) & 0xFFFF_FFFFL | (long) memory.read32(physical + 4) << 32;
    }

    void write8(int linear, int value) {
        int physical = translate(linear, WRITE);
        bus.write(physical, 1);
        memory.write8(physical, value);
    }

    void write16(int linear, int value) {
        if ((linear & 1) != 0) {
            writeMisaligned(linear, 2, value);
            return;
        }
        int physical = translate(linear, WRITE);
        bus.write(physical, 2);
        memory.write16(physical, value);
    }

    void write32(int linear, int value) {
        if ((linear & 3) != 0) {
            writeMisaligned(linear, 4, value);
            return;
        }
        int physical = translate(linear, WRITE);
        bus.write(physical, 4);
        memory.write32(physical, value);
    }

    private int readMisaligned(int linear, int size, int access) {
        checkAlignment();
        int physical = translate(linear, access);
        int second = secondPart(linear, physical, size, access);
        int high = Math.max(0, (linear & 3) + size - 4);
        if (high > 0) {
            ledger.charge(Cause.MISALIGNMENT, MISALIGNED);
            touch(linear + size - 1, second, high);
        }
        touch(linear, physical, size - high);
        if (inOnePage(physical, second, size)) {
            return size == 2 ? memory.read16(physical) : memory.read32(physical);
        }
        return readAcross(physical, second, size);
    }

    private int readAcross(int physical, int second, int size) {
        int value = 0;
        for (int i = size - 1; i >= 0; i--) {
            int at = (physical & ~PAGE) + i < 4096 ? physical + i : (second & PAGE) + (physical + i & ~PAGE);
            value = value << 8 | memory.read8(at);
        }
        return value;
    }

    private void writeMisaligned(int linear, int size, int value) {
        checkAlignment();
        int physical = translate(linear, WRITE);
        int second = secondPart(linear, physical, size, WRITE);
        int high = Math.max(0, (linear & 3) + size - 4);
        if (high > 0) {
            ledger.charge(Cause.MISALIGNMENT, MISALIGNED);
            bus.write(second, high);
        }
        bus.write(physical, size - high);
        if (inOnePage(physical, second, size)) {
            if (size == 2) {
                memory.write16(physical, value);
            } else {
                memory.write32(physical, value);
            }
            return;
        }
        for (int i = 0; i < size; i++) {
            int at = (physical & ~PAGE) + i < 4096 ? physical + i : (second & PAGE) + (physical + i & ~PAGE);
            memory.write8(at, value >>> 8 * i);
        }
    }

    /**
     * A physical address in the operand's last part, which goes to memory first (Hardware Reference Manual pp. 74-75): its last byte, or the
     * beginning of its second page, where a fault of that page is.
     * Both pages are translated before any byte moves.
     */
    private int secondPart(int linear, int physical, int size, int access) {
        int last = linear + size - 1;
        return ((last ^ linear) & PAGE) == 0 ? physical + size - 1 : translate(last & PAGE, access);
    }

    /** Whether a misaligned operand lies within a page: pages may differ in what they are even where one follows the other. */
    private static boolean inOnePage(int physical, int second, int size) {
        return second == physical + size - 1 && ((physical ^ second) & PAGE) == 0;
    }

    /** Raises what a misaligned operand of this many bytes raises, where that is enabled. The size is a power of two. */
    void requireAlignment(int linear, int size) {
        if ((linear & size - 1) != 0) {
            checkAlignment();
        }
    }

    private void checkAlignment() {
        if (alignmentCheck && user != 0) {
            throw fault.of(GuestFault.AC, 0);
        }
    }

    /** Checks that a write would succeed, and does what it does to the TLB, without writing: for instructions with several writes. */
    void probeWrite(int linear, int size) {
        translate(linear, WRITE);
        int last = linear + size - 1;
        if (((last ^ linear) & PAGE) != 0) {
            translate(last & PAGE, WRITE);
        }
    }

    /** Reads a dword of a system structure with supervisor rights, whatever the CPL. */
    int systemRead32(int linear) {
        int saved = user;
        user = 0;
        try {
            return read32(linear);
        } finally {
            user = saved;
        }
    }

    /** Reads a descriptor. */
    long systemRead64(int linear) {
        int saved = user;
        user = 0;
        try {
            return read64(linear);
        } finally {
            user = saved;
        }
    }

    int systemRead16(int linear) {
        int saved = user;
        user = 0;
        try {
            return read16(linear);
        } finally {
            user = saved;
        }
    }

    /**
     * Changes a byte of a descriptor by a locked read and write.
     *
     * @param clocks what is published for it, charged to the locked bus; 0 if the instruction's own figure contains it
     */
    void systemUpdate(int linear, int value, int clocks) {
        int saved = user;
        user = 0;
        try {
            int physical = translate(linear, WRITE);
            bus.lockedUpdate(physical, Cause.LOCKED_BUS, clocks);
            memory.write8(physical, value);
        } finally {
            user = saved;
        }
    }

    /** Writes to a system structure with supervisor rights. */
    void systemWrite(int linear, int size, int value) {
        int saved = user;
        user = 0;
        try {
            switch (size) {
                case 1 -> write8(linear, value);
                case 2 -> write16(linear, value);
                default -> write32(linear, value);
            }
        } finally {
            user = saved;
        }
    }

    @Override
    public String stateName() {
        return "mmu";
    }

    @Override
    public void save(StateWriter out) {
        out.put("paging", paging);
        out.put("writeProtect", writeProtect);
        out.put("faultAddress", faultAddress);
        out.put("directory", directory);
        out.put("user", user);
        out.put("alignmentCheck", alignmentCheck);
        tlb.save(out);
        tlbTest.save(out);
        cache.save(out);
        lines.save(out);
        cacheTest.save(out);
        bus.save(out);
        if (spaces != null) {
            spaces.save(out);
        }
    }

    @Override
    public void load(StateReader in) {
        paging = in.getBoolean("paging");
        setWriteProtect(in.getBoolean("writeProtect"));
        faultAddress = in.getInt("faultAddress");
        directory = in.getInt("directory");
        user = in.getInt("user");
        alignmentCheck = in.getBoolean("alignmentCheck");
        tlb.load(in);
        tlbTest.load(in);
        lines.dropAll();
        cache.load(in);
        lines.load(in);
        cacheTest.load(in);
        bus.load(in);
        if (spaces != null) {
            spaces.load(in);
        }
    }
}

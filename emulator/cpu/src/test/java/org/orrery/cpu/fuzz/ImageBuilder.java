package org.orrery.cpu.fuzz;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Builds memory for a scenario: descriptor and page tables, random data, and the prologue that leads from reset into the scenario. */
final class ImageBuilder {
    private static final int ESP = 4;
    private static final int BREAKPOINT = 0xCC;

    /** Selectors of the GDT. */
    static final int FLAT_CODE = 0x08;

    static final int FLAT_DATA = 0x10;
    static final int CODE = 0x18;
    static final int STACK = 0x20;
    static final int FIRST_DATA = 0x28;
    /** Code of the other size than {@link #CODE}. */
    static final int OTHER_CODE = 0x48;

    /** Conforming 32-bit code of ring 0 that begins where the code does. */
    static final int CONFORMING_CODE = 0x58;

    static final int LDT = 0x78;
    private static final int TSS = 0x80;
    static final int GDT_BYTES = 0xC8;
    private static final int LDT_BYTES = 0x20;

    private static final int PRESENT = 0x80;
    private static final int BIG = 1 << 14;
    private static final int GRANULAR = 1 << 15;
    private static final int CODE_TYPE = 0x1B;
    private static final int DATA_TYPE = 0x13;

    private static final int SYSTEM_PAGE = 3;
    private static final int USABLE_PAGE = 7;
    private static final int[] WORSE_PAGES = {6, 5, 3, 1, 0};

    private final Scenario scenario;
    private final SplittableRandom random;
    private final byte[] image = new byte[Layout.SIZE];

    ImageBuilder(Scenario scenario, SplittableRandom random) {
        this.scenario = scenario;
        this.random = random;
    }

    byte[] build() {
        Arrays.fill(image, Layout.CODE, Layout.CODE + Layout.CODE_SIZE, (byte) BREAKPOINT);
        fillData();
        if (scenario.protectedMode) {
            descriptors();
            pages();
            protectedPrologue();
        } else {
            realPrologue();
        }
        return image;
    }

    private void fillData() {
        for (int i = Layout.DATA; i < Layout.DATA + Layout.DATA_SIZE; i += 4) {
            new Emitter(image, i).dword(scenario.value());
        }
    }

    private void descriptors() {
        int dpl = scenario.ring << 5;
        int big = BIG | GRANULAR;
        int code = PRESENT | CODE_TYPE | dpl | GRANULAR;
        int data = PRESENT | DATA_TYPE | dpl | big;
        Emitter gdt = new Emitter(image, Layout.GDT + 8);
        descriptor(gdt, 0, -1, PRESENT | CODE_TYPE | big);
        descriptor(gdt, 0, -1, PRESENT | DATA_TYPE | big);
        descriptor(gdt, scenario.bases[Scenario.CS], -1, code | (scenario.code32 ? BIG : 0));
        descriptor(
                gdt,
                scenario.bases[Scenario.SS],
                -1,
                PRESENT | DATA_TYPE | dpl | GRANULAR | (scenario.stack32 ? BIG : 0));
        for (int segment : DATA_SEGMENTS) {
            descriptor(gdt, scenario.bases[segment], -1, data);
        }
        descriptor(gdt, scenario.otherCodeBase, -1, code | (scenario.code32 ? 0 : BIG));
        descriptor(gdt, scenario.data.linear(), -1, PRESENT | 0x11 | dpl | big);
        descriptor(gdt, scenario.code.linear(), -1, PRESENT | 0x1F | big);
        descriptor(gdt, scenario.code.linear(), -1, PRESENT | 0x19 | dpl | big);
        descriptor(gdt, 0, -1, DATA_TYPE | dpl | big);
        descriptor(gdt, 0, 0xFFF, PRESENT | 0x17 | dpl | BIG);
        descriptor(gdt, Layout.LDT, LDT_BYTES - 1, PRESENT | 2);
        descriptor(gdt, Layout.TSS, 0x87, PRESENT | 9);
        descriptor(gdt, 0x12345, 0x1234, PRESENT | 0xC | dpl);
        descriptor(gdt, 0x12345, 0x2B, PRESENT | 1);
        descriptor(gdt, 0x12345, 0x1234, PRESENT | 0xE | dpl);
        descriptor(gdt, scenario.data.linear(), 0x1234, PRESENT | DATA_TYPE | BIG);
        descriptor(gdt, scenario.data.linear(), -1, PRESENT | DATA_TYPE | 1 << 5 | big);
        descriptor(gdt, scenario.data.linear(), -1, PRESENT | 0x12 | dpl | big);
        descriptor(gdt, scenario.code.linear(), -1, PRESENT | 0x1A | dpl | big);
        descriptor(gdt, scenario.data.linear(), 0x3FFF, PRESENT | DATA_TYPE | dpl);
        Emitter ldt = new Emitter(image, Layout.LDT);
        for (int i = 0; i < LDT_BYTES / 8; i++) {
            descriptor(ldt, scenario.data.linear(), -1, PRESENT | DATA_TYPE | dpl | big);
        }
        new Emitter(image, Layout.TSS + 0x66).word(0x68);
        for (int i = 0x68; i < 0x88; i++) {
            image[Layout.TSS + i] = (byte) (random.nextInt() & random.nextInt());
        }
    }

    private static final int[] DATA_SEGMENTS = {3, 0, 4, 5};

    private static void descriptor(Emitter table, int base, int limit, int rights) {
        table.word(limit).word(base).bytes(base >> 16, rights, limit >> 16 & 0xF | rights >> 8 & 0xF0, base >> 24);
    }

    private void pages() {
        for (int page = 0; page < Layout.CODE >>> 12; page++) {
            map(page << 12, page << 12, Layout.LOW_TABLE, SYSTEM_PAGE);
        }
        for (int i = 0; i < scenario.code.order().length; i++) {
            int linear = scenario.code.linear() + i * Layout.PAGE;
            map(linear, scenario.code.pageAddress(i), Layout.CODE_TABLE, USABLE_PAGE);
        }
        int pages = scenario.data.order().length;
        boolean allUsable = random.nextBoolean();
        for (int i = 0; i < pages; i++) {
            boolean usable = allUsable || i == pages - 1 || random.nextInt(4) != 0;
            int rights = usable ? USABLE_PAGE : WORSE_PAGES[random.nextInt(WORSE_PAGES.length)];
            int linear = scenario.data.linear() + i * Layout.PAGE;
            map(linear, scenario.data.pageAddress(i), Layout.DATA_TABLE, rights);
        }
    }

    /** Maps a page by the low table if that reaches it, else by another. */
    private void map(int linear, int physical, int otherTable, int rights) {
        int table = linear >>> 22 == 0 ? Layout.LOW_TABLE : otherTable;
        new Emitter(image, Layout.DIRECTORY + (linear >>> 22) * 4).dword(table | USABLE_PAGE);
        new Emitter(image, table + (linear >>> 12 & 0x3FF) * 4).dword(physical | rights);
    }

    private void protectedPrologue() {
        Emitter out = new Emitter(image, Layout.PROLOGUE);
        out.bytes(0x66, 0xB8).dword(Layout.DIRECTORY).bytes(0x0F, 0x22, 0xD8);
        tables(out, 0x7FF);
        out.bytes(0x66, 0xEA).dword(out.position() + 6).word(FLAT_CODE);
        loadAx(out, LDT).bytes(0x0F, 0x00, 0xD0);
        loadAx(out, TSS).bytes(0x0F, 0x00, 0xD8);
        for (int i = 0; i < DATA_SEGMENTS.length; i++) {
            loadAx(out, FIRST_DATA + 8 * i | scenario.ring).bytes(0x8E, 0xC0 | DATA_SEGMENTS[i] << 3);
        }
        int esp = scenario.ring == 0 ? onOwnStack(out) : onPrologueStack(out);
        for (int i = 0; i < scenario.general.length; i++) {
            out.bytes(0xB8 + i).dword(i == ESP ? esp : scenario.general[i]);
        }
        out.bytes(0xCF);
    }

    private static Emitter loadAx(Emitter out, int value) {
        return out.bytes(0x66, 0xB8).word(value);
    }

    /** Leaves the prologue by IRET within ring 0: the frame lies on the stack of the scenario. */
    private int onOwnStack(Emitter out) {
        loadAx(out, STACK).bytes(0x8E, 0xD0);
        int esp = scenario.general[ESP] - 12;
        int linear = scenario.bases[Scenario.SS] + esp;
        int page = linear - scenario.data.linear() >>> 12;
        frame(scenario.data.pageAddress(page) + (linear & 0xFFF), CODE);
        return esp;
    }

    /** Leaves it by IRET to ring 3. */
    private int onPrologueStack(Emitter out) {
        loadAx(out, FLAT_DATA).bytes(0x8E, 0xD0);
        int esp = Layout.PROLOGUE_STACK;
        frame(esp, CODE | 3).dword(scenario.general[ESP]).dword(STACK | 3);
        return esp;
    }

    private Emitter frame(int physical, int selector) {
        return new Emitter(image, physical)
                .dword(scenario.entry())
                .dword(selector)
                .dword(scenario.eflags);
    }

    private void realPrologue() {
        Emitter out = new Emitter(image, Layout.PROLOGUE);
        tables(out, 0x3FF);
        for (int segment : new int[] {0, 2, 3, 4, 5}) {
            out.bytes(0xB8).word(scenario.bases[segment] >> 4).bytes(0x8E, 0xC0 | segment << 3);
        }
        int esp = scenario.general[ESP] - 12;
        frame(scenario.bases[Scenario.SS] + esp, scenario.bases[Scenario.CS] >> 4);
        for (int i = 0; i < scenario.general.length; i++) {
            out.bytes(0x66, 0xB8 + i).dword(i == ESP ? esp : scenario.general[i]);
        }
        out.bytes(0x66, 0xCF);
    }

    /** The x87, LGDT, LIDT and CR0 in 16-bit code, since their values after reset differ. */
    private void tables(Emitter out, int idtLimit) {
        int gdtr = Layout.PROLOGUE + Layout.PAGE / 2;
        int idtr = gdtr + 8;
        new Emitter(image, gdtr).word(GDT_BYTES - 1).dword(Layout.GDT);
        new Emitter(image, idtr).word(idtLimit).dword(random.nextInt() & 0xFF_FFFF);
        emptyX87(out);
        out.bytes(0x66, 0x0F, 0x01, 0x16)
                .word(gdtr)
                .bytes(0x66, 0x0F, 0x01, 0x1E)
                .word(idtr);
        int paging = scenario.protectedMode ? 0x8000_0001 : 0;
        int writeProtect = scenario.writeProtect ? 1 << 16 : 0;
        out.bytes(0x66, 0xB8).dword(paging | writeProtect | 0x10).bytes(0x0F, 0x22, 0xC0);
    }

    /** Zeros in all registers of the x87, which are empty then. */
    private static void emptyX87(Emitter out) {
        out.bytes(0xDB, 0xE3);
        for (int i = 0; i < 8; i++) {
            out.bytes(0xD9, 0xEE);
        }
        out.bytes(0xDB, 0xE3);
    }
}

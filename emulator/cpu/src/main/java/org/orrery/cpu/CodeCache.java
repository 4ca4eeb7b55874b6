package org.orrery.cpu;

import java.util.Arrays;
import org.orrery.isa.Decoder;
import org.orrery.isa.Instruction;
import org.orrery.isa.InstructionSet;

/**
 * Decoded code by physical page. A page that holds decoded code is marked in {@link PhysicalMemory}, and a store into bytes that were
 * decoded forgets the instructions which contain them.
 */
final class CodeCache implements CodeObserver {
    private static final int PAGE_BYTES = 4096;
    private static final int OFFSET = PAGE_BYTES - 1;
    private static final int LONGEST = 15;

    /** The decoded instructions of one physical page, for 16- or for 32-bit code. */
    static final class Page {
        /** By offset of the first byte; those that reach into the next page are not here. */
        final Uop[] uops = new Uop[PAGE_BYTES];
        /** A bit for each byte that belongs to a decoded instruction. */
        private final long[] decoded = new long[PAGE_BYTES / 64];

        final int physical;
        final boolean code32;
        private final boolean cached;

        Page(int physical, boolean code32, boolean cached) {
            this.physical = physical;
            this.code32 = code32;
            this.cached = cached;
        }

        private void mark(int from, int length) {
            for (int i = from; i < from + length; i++) {
                decoded[i >> 6] |= 1L << i;
            }
        }

        /** Forgets the instructions that contain any of these bytes, and who follows whom near them. */
        private void forget(int from, int size) {
            boolean any = false;
            for (int i = from; i < from + size; i++) {
                any |= (decoded[i >> 6] & 1L << i) != 0;
            }
            if (any) {
                for (int i = Math.max(0, from - 2 * LONGEST); i < from + size; i++) {
                    forgetAt(i, from);
                }
            }
        }

        private void forgetAt(int offset, int changed) {
            Uop u = uops[offset];
            if (u != null) {
                u.next = null;
                if (offset + u.length > changed) {
                    uops[offset] = null;
                }
            }
        }
    }

    final PrefetchQueue queue;

    private final PhysicalMemory memory;
    private final Decoder decoder = new Decoder(InstructionSet.i486());
    private final Instruction instruction = new Instruction();
    private final byte[] bytes = new byte[2 * LONGEST];
    private final Page[] pages16;
    private final Page[] pages32;

    CodeCache(PhysicalMemory memory) {
        this.memory = memory;
        queue = new PrefetchQueue(memory);
        pages16 = new Page[memory.size() / PAGE_BYTES];
        pages32 = new Page[memory.size() / PAGE_BYTES];
        memory.observeCode(this);
    }

    /** The page of a physical address; code outside RAM is decoded anew each time. */
    Page page(int physical, boolean code32) {
        int number = memory.pageNumber(physical);
        if (number < 0 || !memory.markCode(physical)) {
            return new Page(physical & ~OFFSET, code32, false);
        }
        Page[] pages = code32 ? pages32 : pages16;
        if (pages[number] == null) {
            pages[number] = new Page(physical & ~OFFSET, code32, true);
        }
        return pages[number];
    }

    /**
     * Decodes the instruction at an offset of a page.
     *
     * @param next the physical address of the page that follows in linear order, or -1 if it is not known yet
     * @return the instruction, or null if its bytes reach into the next page and that is not known
     */
    Uop decode(Page page, int offset, long next) {
        int here = Math.min(LONGEST, PAGE_BYTES - offset);
        for (int i = 0; i < here; i++) {
            bytes[i] = queue.read(page.physical + offset + i);
        }
        int available = here;
        if (next >= 0) {
            for (; available < LONGEST + 1; available++) {
                bytes[available] = queue.read((int) next + available - here);
            }
        }
        int length = decoder.decode(bytes, 0, available, page.code32, instruction);
        if (length == Decoder.TRUNCATED && next < 0 && here < LONGEST) {
            return null;
        }
        Uop u = length > 0 ? Translator.translate(instruction) : undefined(length);
        u.crossesLine = (offset & Cache.LINE - 1) + u.length > Cache.LINE;
        if (page.cached && !queue.stale() && offset + u.length <= PAGE_BYTES) {
            page.uops[offset] = u;
            page.mark(offset, u.length);
        }
        return u;
    }

    /** Longer than 15 bytes is a general protection fault, anything else that does not decode an undefined opcode. */
    private static Uop undefined(int reason) {
        Uop u = new Uop();
        u.op = Op.UNDEFINED;
        u.imm = reason == Decoder.INVALID ? GuestFault.UD : GuestFault.GP;
        u.length = 1;
        return u;
    }

    /** Forgets everything, after memory was replaced as a whole. */
    void clear() {
        for (Page[] pages : new Page[][] {pages16, pages32}) {
            for (Page page : pages) {
                if (page != null) {
                    Arrays.fill(page.uops, null);
                }
            }
        }
    }

    @Override
    public void codeChanged(int physical, int size) {
        queue.store(physical, size);
        int number = physical / PAGE_BYTES;
        if (pages16[number] != null) {
            pages16[number].forget(physical & OFFSET, size);
        }
        if (pages32[number] != null) {
            pages32[number].forget(physical & OFFSET, size);
        }
    }
}

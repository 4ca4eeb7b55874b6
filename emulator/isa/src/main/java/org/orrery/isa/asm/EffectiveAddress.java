package org.orrery.isa.asm;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * A memory operand, encoded: the mod and rm fields, the SIB byte and the displacement, chosen as NASM does.
 *
 * @param bits size of the address, 16 or 32
 * @param sib the SIB byte, or -1
 * @param width bytes of the displacement: 0, 1, 2 or 4
 */
record EffectiveAddress(int bits, int mod, int rm, int sib, Value displacement, int width) {
    private static final int ESP = 4;
    private static final int EBP = 5;

    /** Bytes of SIB and displacement. */
    int length() {
        return (sib >= 0 ? 1 : 0) + width;
    }

    /**
     * Encodes a memory operand.
     *
     * @param codeBits default address size, 16 or 32
     * @param prefixBits address size asked for by a prefix, or 0
     * @throws SyntaxException if no addressing mode fits
     */
    static EffectiveAddress of(Argument.OfMemory memory, Value value, Scope scope, int codeBits, int prefixBits) {
        Value displacement = value;
        Terms terms = new Terms(memory);
        for (Map.Entry<Term, Long> term : value.terms().entrySet()) {
            if (term.getKey() instanceof Register) {
                Register register = (Register) term.getKey();
                terms.add(register, term.getValue());
                displacement = displacement.plus(Value.of(register, 0).times(term.getValue()), -1);
            }
        }
        int bits = bits(terms, memory, codeBits);
        if (prefixBits != 0 && prefixBits != bits) {
            throw new SyntaxException(memory.column(), "the address has " + bits + " bits, not " + prefixBits);
        }
        if (terms.isEmpty()) {
            int width = bits == 32 ? 4 : 2;
            return new EffectiveAddress(bits, 0, bits == 32 ? EBP : 6, -1, displacement, width);
        }
        return bits == 32 ? terms.encode32(displacement, scope) : terms.encode16(displacement);
    }

    private static int bits(Terms terms, Argument.OfMemory memory, int codeBits) {
        if (!terms.isEmpty()) {
            return terms.bits();
        }
        return memory.width() == 2 ? 16 : memory.width() == 4 ? 32 : codeBits;
    }

    /** Registers of an address with their factors. */
    private static final class Terms {
        private static final String[] PAIRS_16 = {"BX+SI", "BX+DI", "BP+SI", "BP+DI", "SI", "DI", "BP", "BX"};

        private final Argument.OfMemory memory;
        private final List<Register> registers = new ArrayList<>();
        private final List<Long> factors = new ArrayList<>();
        private Register base;
        private Register index;
        private int factor;

        Terms(Argument.OfMemory memory) {
            this.memory = memory;
        }

        void add(Register register, long times) {
            if (!register.isAddress()) {
                throw invalid(register + " cannot be part of an address");
            }
            registers.add(register);
            factors.add(times);
        }

        private SyntaxException invalid(String why) {
            return new SyntaxException(memory.column(), why);
        }

        boolean isEmpty() {
            return registers.isEmpty();
        }

        int bits() {
            int size = registers.get(0).size();
            if (registers.stream().anyMatch(r -> r.size() != size)) {
                throw invalid("an address cannot mix 16-bit and 32-bit registers");
            }
            return size * 8;
        }

        EffectiveAddress encode16(Value displacement) {
            List<String> names = new ArrayList<>();
            for (int i = 0; i < registers.size(); i++) {
                if (factors.get(i) != 1) {
                    throw invalid("a 16-bit address has no scaled index");
                }
                names.add(registers.get(i).name());
            }
            names.sort(null);
            String pair = String.join("+", names);
            for (int rm = 0; rm < PAIRS_16.length; rm++) {
                if (PAIRS_16[rm].equals(pair)) {
                    boolean needed = pair.equals("BP");
                    return finish(16, rm, -1, displacement, width(displacement, needed, 2));
                }
            }
            throw invalid("no 16-bit address adds " + String.join(" and ", names));
        }

        EffectiveAddress encode32(Value displacement, Scope scope) {
            sort();
            assign();
            AddressHint hint = AddressHint.of(memory.address(), scope);
            heed(hint);
            split(hint);
            if (index == Register.ESP && factor == 1) {
                swap();
            }
            if (index != null && factor != 1 && factor != 2 && factor != 4 && factor != 8) {
                throw invalid("an index is scaled by 1, 2, 4 or 8, not " + factor);
            }
            if (index == Register.ESP) {
                throw invalid("ESP cannot be an index");
            }
            return encode(displacement);
        }

        /** Registers that stand side by side in the order of the alphabet, as NASM's tables have them. */
        private void sort() {
            if (registers.size() == 2
                    && registers.get(0).name().compareTo(registers.get(1).name()) > 0) {
                Collections.swap(registers, 0, 1);
                Collections.swap(factors, 0, 1);
            }
        }

        private EffectiveAddress encode(Value displacement) {
            int width = base == null ? 4 : width(displacement, base == Register.EBP, 4);
            if (index == null && base != Register.ESP) {
                return finish(32, base.number(), -1, displacement, width);
            }
            int scale = index == null ? 0 : Integer.numberOfTrailingZeros(factor);
            int indexNumber = index == null ? ESP : index.number();
            int baseNumber = base == null ? EBP : base.number();
            int sib = scale << 6 | indexNumber << 3 | baseNumber;
            if (base == null) {
                return new EffectiveAddress(32, 0, ESP, sib, displacement, width);
            }
            return finish(32, ESP, sib, displacement, width);
        }

        private static EffectiveAddress finish(int bits, int rm, int sib, Value displacement, int width) {
            int mod = width == 0 ? 0 : width == 1 ? 1 : 2;
            return new EffectiveAddress(bits, mod, rm, sib, displacement, width);
        }

        private int width(Value displacement, boolean needed, int full) {
            if (memory.width() == 1) {
                return 1;
            }
            if (memory.width() != 0 || !displacement.isKnownScalar()) {
                return full;
            }
            long number = full == 4 ? (int) displacement.number() : (short) displacement.number();
            if (number == 0 && !needed) {
                return 0;
            }
            return number == (byte) number ? 1 : full;
        }

        /** Decides which register is the base and which the index. */
        private void assign() {
            if (registers.size() > 2) {
                throw invalid("an address adds at most two registers");
            }
            int first = factors.get(0) == 1 ? 0 : registers.size() - 1;
            boolean plain = factors.get(first) == 1;
            if (registers.size() == 1) {
                base = plain ? registers.get(0) : null;
                setIndex(plain ? -1 : 0);
                return;
            }
            if (!plain) {
                throw invalid("an address has one scaled index at most");
            }
            base = registers.get(first);
            setIndex(1 - first);
        }

        private void setIndex(int at) {
            if (at >= 0) {
                index = registers.get(at);
                factor = (int) Math.max(-1, Math.min(factors.get(at), 99));
            }
        }

        /** Chooses between base and index as the source hints. */
        private void heed(AddressHint hint) {
            boolean swap = hint.says(AddressHint.Kind.NOT_BASE, base) || hint.says(AddressHint.Kind.BASE, index);
            if (base != null && index != null && factor == 1 && swap) {
                swap();
            }
        }

        private void swap() {
            Register swapped = base;
            base = index;
            index = swapped;
        }

        /** {@code [eax*2]} is shorter as {@code [eax+eax]}; {@code [eax*3]} is {@code [eax+eax*2]}. */
        private void split(AddressHint hint) {
            if (base == null) {
                boolean twice = factor == 2 && index != Register.ESP && (!memory.noSplit() || hint.isSummed());
                if (twice || factor == 3 || factor == 5 || factor == 9) {
                    base = index;
                    factor--;
                }
            } else if (index == null && memory.noSplit() && hint.says(AddressHint.Kind.NOT_BASE, base)) {
                index = base;
                base = null;
                factor = 1;
            }
        }
    }
}

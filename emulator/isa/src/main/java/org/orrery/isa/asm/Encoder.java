package org.orrery.isa.asm;

import java.util.ArrayList;
import java.util.List;
import org.orrery.isa.Encoding;
import org.orrery.isa.Operand;
import org.orrery.isa.asm.Argument.Distance;
import org.orrery.isa.asm.Argument.OfMemory;
import org.orrery.isa.asm.Argument.OfNumber;

/** Chooses the form that NASM would choose, and writes its bytes. */
final class Encoder {
    /** A form that the operands fit. */
    private record Candidate(Template template, int bits, boolean swapped, int length) {}

    private final Instruction instruction;
    private final Pass pass;
    private final Operands operands;
    private final int codeBits;
    private final int defaultBits;

    private Encoder(Instruction instruction, Pass pass) {
        this.instruction = instruction;
        this.pass = pass;
        this.codeBits = pass.bits();
        int asked = instruction.prefixes().operandBits();
        this.defaultBits = asked != 0 ? asked : codeBits;
        this.operands = Operands.evaluate(instruction, pass, codeBits);
    }

    /**
     * Assembles an instruction where the pass stands.
     *
     * @throws SyntaxException if no form takes its operands
     */
    static void encode(Instruction instruction, Pass pass) {
        Encoder encoder = new Encoder(instruction, pass);
        if (instruction.mnemonic() == null) {
            encoder.emitPrefixes(false, encoder.defaultBits);
            return;
        }
        Candidate chosen = encoder.choose();
        Template template = chosen.template();
        encoder.emitPrefixes(template.afterWait(), template.sensitive() ? chosen.bits() : encoder.defaultBits);
        new Writer(pass, template, chosen.bits(), encoder.operands, chosen.swapped()).write();
    }

    private Candidate choose() {
        List<Candidate> candidates = candidates();
        if (candidates.isEmpty()) {
            throw new SyntaxException(instruction.column(), whyNone());
        }
        candidates = settleSize(candidates);
        Candidate best = candidates.get(0);
        for (Candidate candidate : candidates) {
            if (candidate.length() < best.length() || candidate.length() == best.length() && isSignedByte(candidate)) {
                best = candidate;
            }
        }
        return best;
    }

    /** NASM prefers a sign-extended byte to the accumulator's own form of the same length. */
    private static boolean isSignedByte(Candidate candidate) {
        return candidate.template().kinds().contains(Operand.IBS);
    }

    private List<Candidate> candidates() {
        List<Candidate> found = new ArrayList<>();
        String name = instruction.mnemonic().name();
        Matcher matcher = new Matcher(name, operands, codeBits);
        boolean exchange = name.equals("XCHG");
        boolean symmetric = operands.count() == 2 && (exchange || name.equals("TEST"));
        for (Template template : instruction.mnemonic().templates()) {
            if (template.form().has("undocumented") && !found.isEmpty()) {
                continue;
            }
            for (int bits = 16; bits <= 32; bits += 16) {
                if (!template.allows(bits, defaultBits) || !reaches(template, bits)) {
                    continue;
                }
                if (symmetric && exchange && matcher.fits(template, true, bits)) {
                    found.add(candidate(template, bits, true));
                } else if (matcher.fits(template, false, bits)) {
                    found.add(candidate(template, bits, false));
                } else if (symmetric && matcher.fits(template, true, bits)) {
                    found.add(candidate(template, bits, true));
                }
            }
        }
        return found;
    }

    private Candidate candidate(Template template, int bits, boolean swapped) {
        int length = template.length(bits, operands.addressBits());
        boolean modRm = template.encoding().modRm() != Encoding.ModRm.NONE;
        length += modRm && operands.address() != null ? operands.address().length() : 0;
        length += template.sensitive() && bits != codeBits ? 1 : 0;
        return new Candidate(template, bits, swapped, length);
    }

    /** Whether a short jump that could also be a near one reaches its target. */
    private boolean reaches(Template template, int bits) {
        List<Operand> kinds = template.kinds();
        boolean shortJump = operands.count() == 1 && kinds.size() == 1 && kinds.get(0) == Operand.JB;
        if (!shortJump
                || !instruction.mnemonic().near()
                || !(operands.arguments().get(0) instanceof OfNumber)) {
            return true;
        }
        Value target = operands.values().get(0);
        if (((OfNumber) operands.arguments().get(0)).distance() == Distance.SHORT || target.unknown()) {
            return true;
        }
        Value distance = target.plus(pass.next(), -1);
        int length = prefixLength() + template.length(bits, codeBits);
        return distance.isScalar() && fitsByte(distance.number() - length);
    }

    private int prefixLength() {
        Prefixes p = instruction.prefixes();
        int length = (p.lock() ? 1 : 0) + (p.rep() != 0 ? 1 : 0) + (p.segment() >= 0 ? 1 : 0);
        return length + (defaultBits != codeBits ? 1 : 0) + (operands.addressBits() != codeBits ? 1 : 0);
    }

    static boolean fitsByte(long number) {
        return number == (byte) number;
    }

    /** Leaves the candidates of one operand size, or complains that the source does not tell. */
    private List<Candidate> settleSize(List<Candidate> candidates) {
        if (candidates.size() == 1) {
            return candidates;
        }
        List<Candidate> left = candidates;
        if (operands.hasUnsizedMemory() && !isBranch() && !haveOneMemorySize(left)) {
            int immediate = operands.numberSize();
            left = left.stream().filter(c -> memorySize(c) == immediate).toList();
            if (left.isEmpty()) {
                throw new SyntaxException(
                        instruction.column(), "the size of the operation is not clear: byte, word or dword?");
            }
        }
        List<Candidate> ofDefaultSize = new ArrayList<>();
        for (Candidate candidate : left) {
            if (candidate.bits() == defaultBits) {
                ofDefaultSize.add(candidate);
            }
        }
        return ofDefaultSize.isEmpty() ? left : ofDefaultSize;
    }

    private boolean haveOneMemorySize(List<Candidate> candidates) {
        int first = memorySize(candidates.get(0));
        for (Candidate candidate : candidates) {
            if (memorySize(candidate) != first) {
                return false;
            }
        }
        return true;
    }

    private boolean isBranch() {
        String name = instruction.mnemonic().name();
        return name.equals("JMP") || name.equals("CALL");
    }

    /** The size that a candidate gives to its memory operand. */
    private int memorySize(Candidate candidate) {
        List<Operand> kinds = candidate.template().kinds();
        for (int i = 0; i < kinds.size(); i++) {
            int at = candidate.swapped() ? kinds.size() - 1 - i : i;
            if (operands.arguments().get(at) instanceof OfMemory) {
                return kinds.get(i).size(candidate.bits() == 32);
            }
        }
        return 0;
    }

    private String whyNone() {
        String name = instruction.mnemonic().name();
        return operands.count() == 0
                ? name + " needs operands"
                : "no form of " + name + " takes " + operands.describe();
    }

    /** Prefixes in NASM's order. */
    private void emitPrefixes(boolean wait, int bits) {
        Section out = pass.section();
        Prefixes prefixes = instruction.prefixes();
        if (wait) {
            out.emit(0x9B);
        }
        if (prefixes.rep() != 0) {
            out.emit(prefixes.rep());
        }
        if (prefixes.lock()) {
            out.emit(0xF0);
        }
        int segment = operands.segment() >= 0 ? operands.segment() : prefixes.segment();
        if (segment >= 0) {
            out.emit(Prefixes.override(segment));
        }
        if (bits != codeBits || defaultBits != codeBits) {
            out.emit(0x66);
        }
        if (operands.addressBits() != codeBits) {
            out.emit(0x67);
        }
    }
}

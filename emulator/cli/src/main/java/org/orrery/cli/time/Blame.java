package org.orrery.cli.time;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.orrery.cpu.Cause;
import org.orrery.debugger.measure.Miss;
import org.orrery.isa.Instruction;
import org.orrery.isa.Operand;

/** Who caused a stall, as far as it can be seen from outside: by the rules of the pipeline and what cache and TLB brought. */
final class Blame {
    private static final String[] REGISTERS = {"eax", "ecx", "edx", "ebx", "esp", "ebp", "esi", "edi"};
    /** A register written this many instructions ago, or more, delays nobody. */
    private static final int REACH = 4;

    private static final int BUFFERS = 4;
    private static final int LINE = 16;

    private Blame() {}

    /** Why step {@code i} of a run waited for a cause; empty if there is nothing to add to the cause's name. */
    static String of(Run run, int i, Cause cause) {
        Step step = run.step(i);
        if (step.code().instruction().form == null) {
            return "";
        }
        return switch (cause) {
            case AGI -> written(run, i, RegisterUse.addressed(step.code().instruction()));
            case PARTIAL_REGISTER -> partial(run, i);
            case PREFIX -> prefixes(step.code());
            case DECODE -> decode(step.code().instruction());
            case PREFETCH -> straddle(step.code());
            case FETCH_MISS -> lines(step, cause, Cause.READ_MISS);
            case READ_MISS -> lines(step, cause, Cause.FETCH_MISS);
            case TLB_WALK -> pages(step);
            case WRITE_BUFFER_FULL -> writers(run, i);
            case FPU_BUSY -> previous(run, i, "F");
            default -> "";
        };
    }

    /** The nearest earlier instruction that wrote one of some registers, and which. */
    private static String written(Run run, int i, int registers) {
        for (int n = i - 1; n >= Math.max(0, i - REACH); n--) {
            CodeLine earlier = run.step(n).code();
            int both = earlier.instruction().form == null ? 0 : RegisterUse.written(earlier.instruction()) & registers;
            if (both != 0) {
                return REGISTERS[Integer.numberOfTrailingZeros(both)] + " from " + earlier.described();
            }
        }
        return "";
    }

    private static String partial(Run run, int i) {
        for (int n = i - 1; n >= Math.max(0, i - REACH); n--) {
            CodeLine earlier = run.step(n).code();
            if (earlier.instruction().form != null && RegisterUse.writesByte(earlier.instruction())) {
                int register = Integer.numberOfTrailingZeros(RegisterUse.written(earlier.instruction()));
                return "a byte of " + REGISTERS[register] + " from " + earlier.described();
            }
        }
        return "";
    }

    private static String prefixes(CodeLine code) {
        List<String> bytes = new ArrayList<>();
        for (int i = 0; i < code.instruction().prefixCount; i++) {
            bytes.add(String.format(Locale.ROOT, "%02X", code.bytes()[i]));
        }
        return String.join(" ", bytes);
    }

    private static String decode(Instruction i) {
        List<String> reasons = new ArrayList<>();
        if (i.form.encoding().startsWith("0F ")) {
            reasons.add("0F escape");
        }
        if (i.memory && i.index != Instruction.NO_REGISTER) {
            reasons.add("index");
        }
        boolean immediate = i.form.operands().stream().anyMatch(o -> o.place() == Operand.Place.IMMEDIATE);
        if (i.memory && i.displacementSize > 0 && immediate) {
            reasons.add("displacement with immediate");
        }
        return String.join(", ", reasons);
    }

    private static String straddle(CodeLine code) {
        int last = code.next() - 1;
        return code.address() / LINE == last / LINE ? "" : String.format(Locale.ROOT, "into line %08X", last & -LINE);
    }

    /** The pages that a step brought. */
    private static String pages(Step step) {
        return addresses("page", step.misses().stream().filter(miss -> miss.kind() == Miss.Kind.TLB));
    }

    /** The lines of code, or of data, that a step brought; where it waited for only one of the two, all are of that kind. */
    private static String lines(Step step, Cause cause, Cause other) {
        int first = step.code().address() & -LINE;
        int last = step.code().next() - 1 + LINE;
        boolean both = step.cycles()[other.ordinal()] != 0;
        Stream<Miss> lines = step.misses().stream()
                .filter(miss -> miss.kind() == Miss.Kind.CACHE)
                .filter(miss ->
                        !both || (cause == Cause.FETCH_MISS) == (miss.address() >= first && miss.address() <= last));
        String brought = addresses("line", lines);
        return brought.isEmpty() ? "a line that is still coming" : brought;
    }

    private static String addresses(String what, Stream<Miss> misses) {
        List<String> addresses = misses.map(miss -> String.format(Locale.ROOT, "%08X", miss.address()))
                .distinct()
                .toList();
        return addresses.isEmpty() ? "" : what + (addresses.size() > 1 ? "s " : " ") + String.join(", ", addresses);
    }

    /** The instructions before that wrote memory, nearest last. */
    private static String writers(Run run, int i) {
        List<String> lines = new ArrayList<>();
        for (int n = i - 1; n >= 0 && lines.size() < BUFFERS; n--) {
            if (writesMemory(run.step(n).code().instruction())) {
                lines.add(0, run.step(n).code().described());
            }
        }
        return lines.isEmpty() ? "" : "behind " + lines.get(0) + (lines.size() > 1 ? " and later writes" : "");
    }

    private static boolean writesMemory(Instruction i) {
        if (i.form == null) {
            return false;
        }
        String mnemonic = i.form.mnemonic();
        boolean toMemory = i.memory
                && (i.form.operands().get(0).place() == Operand.Place.RM
                        || mnemonic.startsWith("FST")
                        || mnemonic.startsWith("FIST"))
                && !mnemonic.equals("CMP")
                && !mnemonic.equals("TEST");
        return toMemory || mnemonic.matches("PUSH.*|CALL|ENTER|STOS.|MOVS[BWD]|INS.");
    }

    private static String previous(Run run, int i, String start) {
        for (int n = i - 1; n >= 0; n--) {
            CodeLine earlier = run.step(n).code();
            if (earlier.instruction().form != null
                    && earlier.instruction().form.mnemonic().startsWith(start)) {
                return "behind " + earlier.described();
            }
        }
        return "";
    }
}

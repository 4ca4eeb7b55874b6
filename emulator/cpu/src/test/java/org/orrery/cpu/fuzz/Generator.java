package org.orrery.cpu.fuzz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.orrery.cpu.Bench;
import org.orrery.cpu.Cpu;
import org.orrery.isa.Decoder;
import org.orrery.isa.Form;
import org.orrery.isa.Instruction;
import org.orrery.isa.InstructionSet;
import org.orrery.isa.Operand;

/**
 * Makes a sequence by executing it: each next instruction is drawn at random and then fitted to the state that the CPU is in, so that
 * operands lie in the data, jumps go to free places, and no instruction depends on a flag that is undefined.
 */
final class Generator {
    private static final int PROLOGUE_STEPS = 100;
    private static final int TRIES = 200;
    private static final int ARITHMETIC = 0x8D5;
    private static final int OVERFLOW = 0x800;
    /** Rounding control of the x87's control word. */
    private static final int ROUNDING = 0xC00;

    private static final int X87_EXPONENT = 0x7FFF;
    private static final long X87_QUIET_BIT = 1L << 62;
    private static final int REGISTERS = 8 + 6 + 2;
    /** What faults in this mode is drawn once in so many times. */
    private static final int RARELY = 16;

    /** Interrupts are not delivered by Unicorn; the tables are loaded by the prologue. */
    private static final Set<String> LEFT_OUT =
            Set.of("INT", "INT1", "INT3", "CPUID", "WAIT", "LGDT", "LIDT", "LTR", "LMSW");

    private static final Set<String> PRIVILEGED = Set.of("HLT", "CLTS", "INVD", "WBINVD", "INVLPG", "LLDT");
    private static final Set<String> BY_IOPL =
            Set.of("CLI", "STI", "IN", "OUT", "INSB", "INSW", "INSD", "OUTSB", "OUTSW", "OUTSD");

    private static final List<Form> FORMS =
            InstructionSet.i486().forms().stream().filter(Generator::taken).toList();

    private static final List<Form> X87_FORMS =
            InstructionSet.i486().forms().stream().filter(X87Forms::is).toList();

    private static final Decoder DECODER = new Decoder(InstructionSet.i486());

    private final Bench bench;
    private final Cpu cpu;
    private final long seed;
    private final SplittableRandom random;
    private final Scenario scenario;
    private final byte[] image;
    private final Surroundings here;
    private final Writer writer;
    private final Fitter fitter;
    private final Instruction instruction = new Instruction();
    private final List<Program.Step> steps = new ArrayList<>();

    private int undefined;
    private boolean faulted;

    private Generator(Bench bench, long seed) {
        this.bench = bench;
        this.seed = seed;
        cpu = bench.cpu();
        random = new SplittableRandom(seed);
        scenario = new Scenario(random);
        image = new ImageBuilder(scenario, random).build();
        here = new Surroundings(bench, scenario, random);
        writer = new Writer(this::execute);
        fitter = new Fitter(bench, scenario, here, writer, random);
    }

    private static boolean taken(Form form) {
        boolean debug = form.operands().contains(Operand.DD) || form.operands().contains(Operand.TD);
        return !X87Forms.is(form) && !debug && !LEFT_OUT.contains(form.mnemonic());
    }

    /** A sequence of some length, or shorter if it comes to a fault. */
    static Program generate(Bench bench, long seed, int length) {
        return new Generator(bench, seed).run(length);
    }

    private Program run(int length) {
        bench.memory.load(0, image);
        bench.begin(Layout.PROLOGUE);
        for (int i = 0; bench.linearEip() != scenario.start(); i++) {
            if (i == PROLOGUE_STEPS || !bench.step()) {
                throw new IllegalStateException(
                        String.format("the prologue stops at %08x, vector %d", bench.linearEip(), bench.vector()));
            }
        }
        while (!faulted && steps.size() < length && next()) {}
        int until = faulted ? Program.NOWHERE : bench.linearEip();
        return new Program(seed, scenario.toString(), scenario.code, image, steps, until);
    }

    /** Adds an instruction, with those before it that it needs. Returns false if none could be found. */
    private boolean next() {
        if (!here.roomHere()) {
            return jumpAway();
        }
        int before = steps.size();
        for (int i = 0; i < TRIES && steps.size() == before; i++) {
            List<Form> forms = random.nextInt(4) < scenario.x87 ? X87_FORMS : FORMS;
            Form form = forms.get(random.nextInt(forms.size()));
            Draft draft = Draft.of(form, cpu.code32(), random);
            if (draft != null && wanted(draft) && fitter.fit(draft) && !faulted) {
                add(draft);
            }
        }
        return steps.size() > before;
    }

    /** Executes a fitted instruction with what must follow it. */
    private void add(Draft draft) {
        execute(draft.bytes());
        int first = steps.size() - 1;
        if (!faulted) {
            fitter.after(draft);
        }
        for (int i = first; i < steps.size() - 1; i++) {
            steps.set(i, steps.get(i).withOpen());
        }
    }

    private boolean jumpAway() {
        int target = here.freeCode();
        if (target >= 0) {
            writer.jump(cpu.code32(), target - here.eip() - Writer.jumpLength(cpu.code32()));
        }
        return target >= 0;
    }

    /** Puts an instruction where the CPU is, and executes it there. */
    private void execute(byte[] code) {
        if (faulted) {
            return;
        }
        int linear = bench.linearEip();
        boolean code32 = cpu.code32();
        for (int i = 0; i < code.length; i++) {
            int physical = (int) cpu.translate(linear + i);
            image[physical] = code[i];
            bench.memory.load(physical, new byte[] {code[i]});
        }
        here.take(linear, code.length);
        DECODER.decode(code, 0, code.length, code32, instruction);
        int cl = cpu.register(Cpu.ECX) & 0xFF;
        bench.refetch();
        step();
        while (!faulted && bench.repeating()) {
            step();
        }
        track(instruction, cl);
        steps.add(new Program.Step(linear, code, code32, undefined, false));
    }

    /** One step; if it faults it must leave registers and flags as they were. */
    private void step() {
        int[] before = registers();
        faulted = !bench.step();
        if (faulted && !Arrays.equals(before, registers())) {
            throw new AssertionError(String.format(
                    "seed %d: exception %d at %08x leaves registers changed: %s",
                    seed, bench.vector(), bench.linearEip(), Arrays.toString(before)));
        }
    }

    private int[] registers() {
        int[] values = new int[REGISTERS];
        for (int i = 0; i < 8; i++) {
            values[i] = cpu.register(i);
        }
        for (int i = 0; i < 6; i++) {
            values[8 + i] = cpu.selector(i);
        }
        values[REGISTERS - 2] = cpu.eip();
        values[REGISTERS - 1] = cpu.eflags();
        return values;
    }

    /** Keeps account of the flags that may be anything. */
    private void track(Instruction in, int cl) {
        int now = in.flagsUndefined(cl);
        if (faulted) {
            undefined |= now;
            return;
        }
        boolean shiftByZero = now == 0 && in.form.flagsUndefined() != 0;
        boolean noIteration = in.rep != 0 && Strings.is(in.form);
        if (!shiftByZero && !noIteration) {
            undefined = undefined & ~in.form.flagsWritten() | now;
            undefined = (undefined & ARITHMETIC) == 0 ? 0 : undefined;
        }
        undefined |= Departures.flagsLost(in);
    }

    /** Leaves out what depends on undefined flags, and most of what would end the sequence at once. */
    private boolean wanted(Draft draft) {
        Form form = draft.form;
        if ((form.flagsRead() & undefined) != 0 || Departures.leavesOut(draft.instruction, situation())) {
            return false;
        }
        boolean faults = form.has("protected") && !bench.protectedMode()
                || bench.ring() > 0 && (PRIVILEGED.contains(form.mnemonic()) || draft.hasOperand(Operand.CD))
                || beyondIopl() && BY_IOPL.contains(form.mnemonic());
        return (!faults || random.nextInt(RARELY) == 0) && sensible(draft);
    }

    /** The conditions of departures that hold. */
    private Set<String> situation() {
        Set<String> holds = new HashSet<>();
        if (beyondIopl()) {
            holds.add(Departures.BEYOND_IOPL);
        }
        if ((bench.x87Control() & ROUNDING) != 0) {
            holds.add(Departures.DIRECTED);
        }
        long mantissa = bench.x87Mantissa(0);
        int exponent = bench.x87Exponent(0) & X87_EXPONENT;
        if (exponent == X87_EXPONENT && (mantissa & X87_QUIET_BIT) == 0) {
            holds.add(Departures.SIGNALING);
        }
        if (exponent == X87_EXPONENT || mantissa >= 0) {
            holds.add(Departures.SPECIAL);
        }
        for (int i = 0; i < 8; i++) {
            if ((bench.x87Exponent(i) & X87_EXPONENT) == 0 && bench.x87Mantissa(i) < 0) {
                holds.add(Departures.PSEUDO);
            }
        }
        return holds;
    }

    private boolean beyondIopl() {
        return (cpu.eflags() >> 12 & 3) < bench.ring();
    }

    private boolean sensible(Draft draft) {
        return switch (draft.form.mnemonic()) {
            case "DIV", "IDIV" -> random.nextInt(RARELY / 2) == 0;
            case "BOUND", "AAM" -> random.nextInt(RARELY) == 0;
            case "HLT" -> bench.ring() > 0;
            case "INTO" -> (cpu.eflags() & OVERFLOW) == 0;
            default -> true;
        };
    }
}

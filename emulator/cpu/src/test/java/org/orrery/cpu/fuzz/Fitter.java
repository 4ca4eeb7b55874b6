package org.orrery.cpu.fuzz;

import java.util.Set;
import java.util.SplittableRandom;
import org.orrery.cpu.Bench;
import org.orrery.cpu.Cpu;
import org.orrery.isa.Instruction;
import org.orrery.isa.Operand;

/**
 * Fits a drafted instruction to the state that the CPU is in: changes its displacement or target, or executes instructions before it that
 * give registers and memory fitting values.
 */
final class Fitter {
    private static final int ITERATIONS = 6;
    private static final int SHORT_REACH = 127 - 2;
    private static final int LONGEST_LEVEL = 32;
    private static final int SAFE_FLAGS = 0x043ED7;

    private static final Set<String> STACK = Set.of(
            "PUSH", "POP", "PUSHA", "PUSHAD", "POPA", "POPAD", "PUSHF", "PUSHFD", "POPF", "POPFD", "CALL", "RET",
            "RETF", "IRET", "IRETD", "ENTER");
    private static final Set<String> MANY_PUSHES = Set.of("ENTER", "PUSHA", "PUSHAD", "CALL");
    private static final Set<String> READ_ONLY =
            Set.of("CMP", "TEST", "BT", "PUSH", "JMP", "CALL", "MUL", "IMUL", "DIV", "IDIV", "VERR", "VERW");
    private static final int WRITE_PROTECT_BIT = 16;
    private static final int[] CODES = {ImageBuilder.CODE, ImageBuilder.OTHER_CODE, ImageBuilder.CONFORMING_CODE};
    private static final Set<Operand> SEGMENTS =
            Set.of(Operand.ES, Operand.SS, Operand.DS, Operand.FS, Operand.GS, Operand.CS);

    private final Bench bench;
    private final Cpu cpu;
    private final Scenario scenario;
    private final Surroundings here;
    private final Writer writer;
    private final SplittableRandom random;
    private final X87Fitter x87;

    Fitter(Bench bench, Scenario scenario, Surroundings here, Writer writer, SplittableRandom random) {
        this.bench = bench;
        cpu = bench.cpu();
        this.scenario = scenario;
        this.here = here;
        this.writer = writer;
        this.random = random;
        x87 = new X87Fitter(bench, writer, random);
    }

    /** Returns whether the instruction can be executed now. */
    boolean fit(Draft draft) {
        if (X87Forms.is(draft.form)) {
            return fitX87(draft);
        }
        String mnemonic = draft.form.mnemonic();
        boolean otherStack = STACK.contains(mnemonic) && !here.stackUsable()
                || MANY_PUSHES.contains(mnemonic) && !here.stackInItsPage();
        if (otherStack) {
            set(Cpu.ESP, here.goodStack());
        }
        if (STACK.contains(mnemonic) && !here.stackUsable()) {
            return false;
        }
        if (Strings.is(draft.form)) {
            return fitString(draft);
        }
        if (branches(draft)) {
            return fitBranch(draft);
        }
        boolean ready = switch (mnemonic) {
            case "RET" -> fitReturn(draft);
            case "RETF", "IRET", "IRETD" -> fitFarReturn(draft);
            case "MOV" -> fitControl(draft);
            case "LLDT" -> fitLocalTable(draft);
            case "POPF", "POPFD" -> fitPopFlags(draft);
            case "DIV", "IDIV" -> fitDivide(draft);
            case "ENTER" -> fitEnter(draft);
            case "PUSH" -> fitPush(draft);
            case "LEAVE" -> fitLeave();
            case "XLATB" -> fitTranslate(draft);
            default -> true;
        };
        return ready && (draft.memorySize() == 0 || fitMemory(draft) && withinPage(draft)) && fitSelector(draft);
    }

    /** What is to be executed right behind an instruction that was fitted. */
    void after(Draft draft) {
        if (X87Forms.is(draft.form)) {
            x87.after(draft, draft.instruction.memory ? address(draft) : 0);
        }
    }

    private boolean fitX87(Draft draft) {
        if (!x87.stackFits(draft)) {
            return false;
        }
        if (draft.memorySize() == 0) {
            return true;
        }
        return fitMemory(draft) && withinPage(draft) && storeBytes(draft, x87.operand(draft));
    }

    private boolean storeBytes(Draft draft, byte[] bytes) {
        int segment = draft.instruction.effectiveSegment();
        for (int i = 0; i < bytes.length; i += 2) {
            int size = Math.min(bytes.length - i, 4);
            int value = 0;
            for (int j = size - 1; j >= 0; j--) {
                value = value << 8 | bytes[i + j] & 0xFF;
            }
            if (!store(segment, address(draft) + i, size, value)) {
                return false;
            }
            i += size - 2;
        }
        return true;
    }

    private boolean branches(Draft draft) {
        Operand first =
                draft.form.operands().isEmpty() ? null : draft.form.operands().get(0);
        return first == Operand.JB
                || first == Operand.JV
                || draft.form.mnemonic().equals("JMP")
                || draft.form.mnemonic().equals("CALL");
    }

    private void set(int register, int value) {
        writer.setRegister(cpu.code32(), register, value);
    }

    private static int mask(Instruction in) {
        return in.address32 ? ~0 : 0xFFFF;
    }

    private boolean writes(Draft draft) {
        if (X87Forms.is(draft.form)) {
            return X87Forms.stores(draft.form);
        }
        Operand first = draft.form.operands().get(0);
        boolean destination = first.place() == Operand.Place.RM
                || first.place() == Operand.Place.MEMORY
                || first.place() == Operand.Place.OFFSET;
        return destination && !READ_ONLY.contains(draft.form.mnemonic());
    }

    private boolean fitMemory(Draft draft) {
        Instruction in = draft.instruction;
        int size = draft.memorySize();
        int segment = in.effectiveSegment();
        boolean write = writes(draft);
        boolean free = in.displacementSize > 1;
        if (!free && here.accessible(segment, address(draft), size, write)) {
            return true;
        }
        int target = here.dataOffset(segment, size);
        int missing = target - address(draft);
        boolean bySetting = !free && in.base != Instruction.NO_REGISTER && in.base != Cpu.ESP && in.base != in.index;
        if (free) {
            draft.setDisplacement(in.displacement + missing);
        } else if (bySetting) {
            set(in.base, cpu.register(in.base) + missing);
        }
        return here.accessible(segment, address(draft), size, write);
    }

    /** Tables and what is wider than 8 bytes are stored in parts, which should fault together. */
    private boolean withinPage(Draft draft) {
        int linear = cpu.segmentBase(draft.instruction.effectiveSegment()) + address(draft);
        boolean inParts = draft.hasOperand(Operand.MS) || draft.memorySize() > 8;
        return !inParts || (linear & Layout.PAGE - 1) + draft.memorySize() <= Layout.PAGE;
    }

    /** Offset of the memory operand as it will be when the instruction accesses it. */
    private int address(Draft draft) {
        Instruction in = draft.instruction;
        int sum = here.register(in.base) + (here.register(in.index) << in.scale) + in.displacement;
        boolean pops = draft.form.mnemonic().equals("POP") && in.base == Cpu.ESP;
        return sum + (pops ? draft.operandSize() : 0) + bitString(draft) & mask(in);
    }

    /** How far a bit number in a register moves the operand of BT and its kin. */
    private int bitString(Draft draft) {
        boolean string = draft.form.mnemonic().startsWith("BT") && draft.hasOperand(Operand.GV);
        if (!string) {
            return 0;
        }
        int number = cpu.register(draft.instruction.reg);
        return draft.instruction.operand32 ? (number >> 5) * 4 : ((short) number >> 4) * 2;
    }

    private boolean fitString(Draft draft) {
        Instruction in = draft.instruction;
        int size = Strings.size(draft.form);
        if (in.rep != 0) {
            set(Cpu.ECX, random.nextInt(ITERATIONS) | (in.address32 ? 0 : random.nextInt() << 16));
        }
        boolean source = !Strings.source(draft.form)
                || fitPointer(in, Cpu.ESI, in.segment == Instruction.NO_SEGMENT ? Cpu.DS : in.segment, size, false);
        return source
                && (!Strings.destination(draft.form)
                        || fitPointer(in, Cpu.EDI, Cpu.ES, size, Strings.writes(draft.form)));
    }

    private boolean fitPointer(Instruction in, int register, int segment, int size, boolean write) {
        int around = ITERATIONS * size;
        if (!pointerFits(in, register, segment, around, write)) {
            set(register, here.dataOffset(segment, around) + around);
        }
        return pointerFits(in, register, segment, around, write);
    }

    private boolean pointerFits(Instruction in, int register, int segment, int around, boolean write) {
        int first = (cpu.register(register) & mask(in)) - around;
        return first >= 0 == cpu.register(register) >= 0 && here.accessible(segment, first, 2 * around, write);
    }

    private boolean fitBranch(Draft draft) {
        Instruction in = draft.instruction;
        Operand first = draft.form.operands().get(0);
        if (first == Operand.AP || first == Operand.MP) {
            return fitFarBranch(draft);
        }
        int next = here.eip() + draft.length();
        boolean near = first == Operand.JB;
        int target = near ? here.freeCodeNear(next, SHORT_REACH) : here.freeCode();
        if (target < 0) {
            return false;
        }
        if (near || first == Operand.JV) {
            draft.setLast(near ? 1 : draft.operandSize(), target - next);
            return true;
        }
        if (!in.memory) {
            set(in.rm, target);
            return in.rm != Cpu.ESP || draft.form.mnemonic().equals("JMP");
        }
        return fitMemory(draft) && store(in.effectiveSegment(), address(draft), draft.operandSize(), target);
    }

    private boolean fitFarBranch(Draft draft) {
        FarTarget target = farTarget();
        if (target == null) {
            return false;
        }
        if (draft.hasOperand(Operand.AP)) {
            draft.setFar(target.offset, target.selector);
            return true;
        }
        int segment = draft.instruction.effectiveSegment();
        int size = draft.operandSize();
        return fitMemory(draft)
                && store(segment, address(draft), size, target.offset)
                && store(segment, address(draft) + size, 2, target.selector);
    }

    /** A place for code through a code segment. */
    private record FarTarget(int selector, int offset) {}

    /** Returns null if none was found. */
    private FarTarget farTarget() {
        int selector;
        int base;
        if (bench.protectedMode()) {
            int kind = random.nextInt(3);
            selector = CODES[kind] | bench.ring();
            base = new int[] {scenario.bases[Scenario.CS], scenario.otherCodeBase, scenario.code.linear()}[kind];
        } else {
            base = scenario.code.linear() - random.nextInt(Layout.CODE) & ~15;
            selector = base >> 4;
        }
        int offset = here.freeCode(base);
        return offset < 0 ? null : new FarTarget(selector, offset);
    }

    /** RETF and IRET within a ring. */
    private boolean fitFarReturn(Draft draft) {
        FarTarget target = farTarget();
        if (target == null) {
            return false;
        }
        if (draft.hasOperand(Operand.IW)) {
            draft.setLast(2, random.nextInt(LONGEST_LEVEL));
        }
        if (draft.form.mnemonic().startsWith("IRET")) {
            writer.push(cpu.code32(), draft.operandSize(), random.nextInt() & SAFE_FLAGS);
        }
        writer.push(cpu.code32(), draft.operandSize(), target.selector);
        writer.push(cpu.code32(), draft.operandSize(), target.offset);
        return true;
    }

    /** Control registers keep what the scenario rests on. */
    private boolean fitControl(Draft draft) {
        Instruction in = draft.instruction;
        if (draft.form.operands().get(0) == Operand.CD) {
            set(
                    in.rm,
                    switch (in.reg) {
                        case 0 -> cpu.control(0) ^ random.nextInt(2) << WRITE_PROTECT_BIT;
                        case 2 -> random.nextInt();
                        default -> cpu.control(3);
                    });
            return in.rm != Cpu.ESP;
        }
        return true;
    }

    private boolean fitLocalTable(Draft draft) {
        boolean register = !draft.instruction.memory && draft.instruction.rm != Cpu.ESP;
        if (register) {
            set(draft.instruction.rm, ImageBuilder.LDT);
        }
        return register;
    }

    private boolean store(int segment, int offset, int size, int value) {
        if (!here.accessible(segment, offset, size, true)) {
            return false;
        }
        writer.store(cpu.code32(), segment, offset, size, value);
        return true;
    }

    private boolean fitReturn(Draft draft) {
        int target = here.freeCode();
        if (target < 0) {
            return false;
        }
        writer.push(cpu.code32(), draft.operandSize(), target);
        if (draft.hasOperand(Operand.IW)) {
            draft.setLast(2, random.nextInt(LONGEST_LEVEL));
        }
        return true;
    }

    private boolean fitPopFlags(Draft draft) {
        writer.push(cpu.code32(), draft.operandSize(), random.nextInt() & SAFE_FLAGS);
        return true;
    }

    private boolean fitDivide(Draft draft) {
        if (random.nextInt(4) != 0) {
            boolean bytes = draft.hasOperand(Operand.EB);
            int register = bytes ? Cpu.EAX : Cpu.EDX;
            set(register, bytes ? random.nextInt() & 0xFFFF_00FF : random.nextInt(4) - 1);
        }
        return true;
    }

    private boolean fitEnter(Draft draft) {
        int level = random.nextInt(LONGEST_LEVEL);
        draft.setLast(3, level << 16 | random.nextInt(LONGEST_LEVEL));
        if (level > 1) {
            set(Cpu.EBP, here.goodStack());
        }
        int frame =
                here.stackOffset() - draft.operandSize() & here.stackMask() | cpu.register(Cpu.ESP) & ~here.stackMask();
        boolean sameUpperHalf = (cpu.register(Cpu.EBP) ^ frame) >>> 16 == 0;
        return draft.instruction.operand32 == bench.bigStack() || sameUpperHalf;
    }

    /** A selector pushed as a dword leaves the upper half of it as it was, but in Unicorn clears it: so it is cleared before. */
    private boolean fitPush(Draft draft) {
        if (draft.operandSize() == 4 && SEGMENTS.contains(draft.form.operands().get(0))) {
            return store(Cpu.SS, here.stackOffset() - 4 & here.stackMask(), 4, 0);
        }
        return true;
    }

    private boolean fitLeave() {
        set(Cpu.EBP, here.goodStack());
        return here.accessible(Cpu.SS, cpu.register(Cpu.EBP) & here.stackMask(), 4, false);
    }

    private boolean fitTranslate(Draft draft) {
        int al = cpu.register(Cpu.EAX) & 0xFF;
        int segment = draft.instruction.segment == Instruction.NO_SEGMENT ? Cpu.DS : draft.instruction.segment;
        int target = here.dataOffset(segment, 1);
        set(Cpu.EBX, target - al);
        return here.accessible(segment, target & mask(draft.instruction), 1, false);
    }

    /** Has what loads a segment register load a selector that is likely to be a good one. */
    private boolean fitSelector(Draft draft) {
        Instruction in = draft.instruction;
        boolean far = draft.hasOperand(Operand.MP);
        Operand first =
                draft.form.operands().isEmpty() ? null : draft.form.operands().get(0);
        if (first == Operand.SW || far) {
            int selector = selector(first == Operand.SW ? in.reg : Cpu.DS);
            if (in.memory) {
                int offset = address(draft) + (far ? draft.operandSize() : 0);
                return store(in.effectiveSegment(), offset, 2, selector);
            }
            set(in.rm, selector);
        } else if (draft.form.mnemonic().equals("POP") && SEGMENTS.contains(first)) {
            writer.push(cpu.code32(), draft.operandSize(), selector(first.ordinal() - Operand.ES.ordinal()));
        }
        return true;
    }

    private int selector(int segment) {
        if (!bench.protectedMode()) {
            return scenario.data.linear() - random.nextInt(Layout.CODE) >> 4;
        }
        int kind = random.nextInt(10);
        if (kind == 0) {
            return random.nextInt(ImageBuilder.GDT_BYTES + 8) & 0xFFFF;
        }
        if (segment == Cpu.SS) {
            return ImageBuilder.STACK | scenario.ring;
        }
        return kind == 1 ? 0 : ImageBuilder.FIRST_DATA + 8 * random.nextInt(5) | scenario.ring;
    }
}

package org.orrery.cpu.fuzz;

import java.util.Arrays;
import java.util.function.Consumer;

/** Encodes the few instructions that bring registers, memory and the stack into a wanted state, and has them executed. */
final class Writer {
    private static final int[] SEGMENT_PREFIXES = {0x26, 0x2E, 0x36, 0x3E, 0x64, 0x65};

    private final Consumer<byte[]> execute;

    Writer(Consumer<byte[]> execute) {
        this.execute = execute;
    }

    /** MOV r32,imm32. */
    void setRegister(boolean code32, int register, int value) {
        Code code = new Code();
        code.prefix(0x66, !code32);
        code.out.bytes(0xB8 + register).dword(value);
        code.run();
    }

    /** MOV [segment:offset],imm of 2 or 4 bytes. */
    void store(boolean code32, int segment, int offset, int size, int value) {
        toMemory(code32, segment, offset, size, 0xC7, 0, value);
    }

    private void toMemory(boolean code32, int segment, int offset, int size, int opcode, int reg, int value) {
        boolean address32 = code32 || offset >>> 16 != 0;
        Code code = new Code();
        code.prefix(0x66, code32 == (size == 2));
        code.prefix(0x67, address32 != code32);
        code.out.bytes(SEGMENT_PREFIXES[segment], opcode, reg | (address32 ? 0x05 : 0x06));
        code.number(offset, address32 ? 4 : 2);
        code.number(value, size);
        code.run();
    }

    /** AND [segment:offset],imm of 2 or 4 bytes. */
    void and(boolean code32, int segment, int offset, int size, int mask) {
        toMemory(code32, segment, offset, size, 0x81, 0x20, mask);
    }

    /** An instruction that is encoded already. */
    void run(byte[] code) {
        execute.accept(code);
    }

    /** AND r32,imm32. */
    void andRegister(boolean code32, int register, int mask) {
        Code code = new Code();
        code.prefix(0x66, !code32);
        code.out.bytes(0x81, 0xE0 + register).dword(mask);
        code.run();
    }

    /** PUSH imm of 2 or 4 bytes. */
    void push(boolean code32, int size, int value) {
        Code code = new Code();
        code.prefix(0x66, code32 == (size == 2));
        code.out.bytes(0x68);
        code.number(value, size);
        code.run();
    }

    /** JMP over a distance from the next instruction. */
    void jump(boolean code32, int distance) {
        Code code = new Code();
        code.out.bytes(0xE9);
        code.number(distance, code32 ? 4 : 2);
        code.run();
    }

    static int jumpLength(boolean code32) {
        return code32 ? 5 : 3;
    }

    private final class Code {
        private final byte[] bytes = new byte[16];
        private final Emitter out = new Emitter(bytes, 0);

        void prefix(int value, boolean needed) {
            if (needed) {
                out.bytes(value);
            }
        }

        void number(int value, int size) {
            if (size == 4) {
                out.dword(value);
            } else {
                out.word(value);
            }
        }

        void run() {
            execute.accept(Arrays.copyOf(bytes, out.position()));
        }
    }
}

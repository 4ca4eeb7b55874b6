package org.orrery.isa.asm;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Writes a program from Java, one statement a call. The result is source for {@link Assembler}: to be assembled at once,
 * or to be included by other sources through a {@link SourceResolver}.
 *
 * <pre>{@code
 * new CodeBuilder()
 *         .bits(32)
 *         .label("wait")
 *         .ins("cmp", mem(EBX, sym("tcb.state")).sized(4), imm(0))
 *         .ins("je", sym("wait"))
 *         .assemble();
 * }</pre>
 */
public final class CodeBuilder {
    private static final String FILE = "generated";

    private final StringBuilder source = new StringBuilder();

    /** A statement as it stands in a source. */
    public CodeBuilder line(String text) {
        source.append(text).append('\n');
        return this;
    }

    /** The size of code, 16 or 32. */
    public CodeBuilder bits(int bits) {
        return line("bits " + bits);
    }

    /** The address of the first byte. */
    public CodeBuilder org(long address) {
        return line("org 0x" + Long.toHexString(address));
    }

    /** Goes on in another section. */
    public CodeBuilder section(String name) {
        return line("section " + name);
    }

    /** Names the place of the next byte. */
    public CodeBuilder label(String name) {
        return line(name + ":");
    }

    /** Names a number. */
    public CodeBuilder equ(String name, CodeOperand.Number value) {
        return line(name + " equ " + value);
    }

    /** An instruction; prefixes may stand before its name. */
    public CodeBuilder ins(String mnemonic, CodeOperand... operands) {
        return line("        " + statement(mnemonic, operands));
    }

    private static String statement(String name, CodeOperand... operands) {
        String list = Arrays.stream(operands).map(CodeOperand::toString).collect(Collectors.joining(", "));
        return list.isEmpty() ? name : name + " " + list;
    }

    /** Bytes. */
    public CodeBuilder db(CodeOperand.Number... bytes) {
        return line("        " + statement("db", bytes));
    }

    /** Words. */
    public CodeBuilder dw(CodeOperand.Number... words) {
        return line("        " + statement("dw", words));
    }

    /** Doublewords. */
    public CodeBuilder dd(CodeOperand.Number... doublewords) {
        return line("        " + statement("dd", doublewords));
    }

    /** Space without a value. */
    public CodeBuilder reserve(long bytes) {
        return line("        resb " + bytes);
    }

    /** Fills up to a multiple of a power of two. */
    public CodeBuilder align(int boundary) {
        return line("        align " + boundary);
    }

    /** What follows belongs to a phase. */
    public CodeBuilder phase(String name) {
        return line("        phase \"" + name + "\"");
    }

    /** The phase ends. */
    public CodeBuilder endPhase() {
        return line("        phase");
    }

    /** The source written so far. */
    public String toSource() {
        return source.toString();
    }

    /**
     * Assembles what has been written.
     *
     * @throws AssemblyException if it has errors; they name lines of {@link #toSource}
     */
    public Assembly assemble() {
        return new Assembler(SourceResolver.texts(Map.of(FILE, toSource()))).assemble(FILE);
    }
}

package org.orrery.isa.asm;

import java.util.Map;
import org.orrery.isa.asm.Argument.Distance;

/** Reads the operands of an instruction. */
final class OperandParser {
    private static final Map<String, Integer> SIZES =
            Map.of("byte", 1, "word", 2, "dword", 4, "qword", 8, "tword", 10, "tbyte", 10);

    private final TokenReader in;
    private final LabelScope labels;

    private int size;
    private boolean strict;
    private boolean to;
    private Distance distance;

    OperandParser(TokenReader in, LabelScope labels) {
        this.in = in;
        this.labels = labels;
    }

    /** Bytes of a size keyword in lower case, or null. */
    static Integer sizeOf(String word) {
        return SIZES.get(word);
    }

    /** The keyword of a size and a space, or nothing. */
    static String keyword(int size) {
        return SIZES.entrySet().stream()
                .filter(e -> e.getValue() == size && !e.getKey().equals("tbyte"))
                .map(e -> e.getKey() + " ")
                .findFirst()
                .orElse("");
    }

    Argument parse() {
        size = 0;
        strict = false;
        to = false;
        distance = Distance.UNSAID;
        while (keyword()) {
            in.next();
        }
        int column = in.column();
        if (in.accept("[")) {
            return memory(column);
        }
        Expr first = expression();
        if (in.accept(":")) {
            return new Argument.OfFar(column, first, expression(), size);
        }
        Register register = register(first);
        if (register != null) {
            return new Argument.OfRegister(column, register, to);
        }
        return new Argument.OfNumber(column, first, size, strict, distance);
    }

    private boolean keyword() {
        String word = in.word();
        Integer bytes = SIZES.get(word);
        if (bytes != null) {
            size = bytes;
            return true;
        }
        switch (word) {
            case "strict" -> strict = true;
            case "to" -> to = true;
            case "short" -> distance = Distance.SHORT;
            case "near" -> distance = Distance.NEAR;
            case "far" -> distance = Distance.FAR;
            default -> {
                return false;
            }
        }
        return true;
    }

    private Expr expression() {
        return new ExpressionParser(in, labels::qualify).parse();
    }

    private static Register register(Expr expr) {
        if (!(expr instanceof Expr.Constant)) {
            return null;
        }
        Value value = ((Expr.Constant) expr).constant();
        boolean single = value.terms().size() == 1 && value.number() == 0;
        return single ? (Register) value.terms().keySet().iterator().next() : null;
    }

    private Argument memory(int column) {
        int width = 0;
        boolean noSplit = false;
        int segment = -1;
        while (true) {
            Integer bytes = SIZES.get(in.word());
            if (bytes != null) {
                width = bytes;
            } else if (in.word().equals("nosplit")) {
                noSplit = true;
            } else if (!in.word().equals("abs")) {
                break;
            }
            in.next();
        }
        Register first = in.peek().isName() && in.peek(1).is(":")
                ? Register.named(in.peek().text())
                : null;
        if (first != null) {
            if (first.kind() != Register.Kind.SEGMENT) {
                throw in.error("expected a segment register before the colon" + in.foundInstead());
            }
            in.next();
            in.next();
            segment = first.number();
        }
        Expr address = expression();
        in.expect("]", "at the end of a memory operand");
        return new Argument.OfMemory(column, address, segment, size, distance, width, noSplit);
    }
}

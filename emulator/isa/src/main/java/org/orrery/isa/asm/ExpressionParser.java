package org.orrery.isa.asm;

import java.util.Map;
import java.util.function.UnaryOperator;

/** Reads an expression with NASM's operators and precedence. */
final class ExpressionParser {
    private static final int HIGHEST = 9;
    private static final Map<String, Integer> PRECEDENCE = Map.ofEntries(
            Map.entry("||", 1),
            Map.entry("^^", 2),
            Map.entry("&&", 3),
            Map.entry("==", 4),
            Map.entry("=", 4),
            Map.entry("!=", 4),
            Map.entry("<>", 4),
            Map.entry("<", 4),
            Map.entry("<=", 4),
            Map.entry(">", 4),
            Map.entry(">=", 4),
            Map.entry("<=>", 4),
            Map.entry("|", 5),
            Map.entry("^", 6),
            Map.entry("&", 7),
            Map.entry("<<", 8),
            Map.entry(">>", 8),
            Map.entry("<<<", 8),
            Map.entry(">>>", 8),
            Map.entry("+", HIGHEST),
            Map.entry("-", HIGHEST),
            Map.entry("*", HIGHEST + 1),
            Map.entry("/", HIGHEST + 1),
            Map.entry("//", HIGHEST + 1),
            Map.entry("%", HIGHEST + 1),
            Map.entry("%%", HIGHEST + 1));

    /** Parentheses and signs within each other; more would not fit on Java's stack. */
    private static final int DEEPEST = 200;

    private final TokenReader in;
    private final UnaryOperator<String> symbolName;
    private int depth;

    /**
     * @param symbolName makes the full name of a symbol out of what is written
     */
    ExpressionParser(TokenReader in, UnaryOperator<String> symbolName) {
        this.in = in;
        this.symbolName = symbolName;
    }

    Expr parse() {
        Expr condition = binary(1);
        if (!in.acceptWord("?")) {
            return condition;
        }
        Expr yes = parse();
        in.expect(":", "between the two values of ?");
        return new Expr.Conditional(condition, yes, parse());
    }

    private Expr binary(int lowest) {
        if (lowest > HIGHEST + 1) {
            return unary();
        }
        Expr left = binary(lowest + 1);
        while (isOperator(lowest)) {
            String operator = in.next().text();
            left = new Expr.Binary(operator, left, binary(lowest + 1));
        }
        return left;
    }

    private boolean isOperator(int precedence) {
        Token token = in.peek();
        return token.kind() == Token.Kind.OPERATOR && PRECEDENCE.getOrDefault(token.text(), 0) == precedence;
    }

    private Expr unary() {
        if (depth == DEEPEST) {
            throw in.error("expression nests too deep");
        }
        depth++;
        Expr operand = signed();
        depth--;
        return operand;
    }

    private Expr signed() {
        if (in.accept("+")) {
            return unary();
        }
        for (String operator : new String[] {"-", "~", "!"}) {
            if (in.accept(operator)) {
                return new Expr.Unary(operator, unary());
            }
        }
        return primary();
    }

    private Expr primary() {
        Token token = in.peek();
        switch (token.kind()) {
            case INTEGER:
                return new Expr.Constant(Numbers.integer(in.next()));
            case STRING:
                return new Expr.Constant(Numbers.characters(in.next()));
            case SYMBOL:
                return new Expr.Symbol(symbolName.apply(in.next().text()));
            case NAME:
                return name(in.next());
            default:
                return operator();
        }
    }

    private Expr name(Token token) {
        Register register = Register.named(token.text());
        if (register != null) {
            return new Expr.Constant(Value.of(register, 0));
        }
        return new Expr.Symbol(symbolName.apply(token.text()));
    }

    private Expr operator() {
        if (in.accept("$")) {
            return new Expr.Here();
        }
        if (in.accept("$$")) {
            return new Expr.Base();
        }
        if (in.accept("(")) {
            Expr inner = parse();
            in.expect(")", "at the end of a parenthesis");
            return inner;
        }
        throw in.error("expected an expression" + in.foundInstead());
    }
}

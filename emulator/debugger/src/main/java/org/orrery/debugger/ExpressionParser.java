package org.orrery.debugger;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads expressions by recursive descent:
 *
 * <pre>
 * binary  := unary (operator unary)*       with C's precedences
 * unary   := ('-' | '+' | '~' | '!') unary | primary
 * primary := number | 'c' | $register | name | '(' binary ')' | [byte|word|dword] '[' binary ']'
 *          | (number | $register | name) ':' binary
 * </pre>
 *
 * Numbers are decimal, or hexadecimal as 0x1F or 1Fh. A bare name is a register if there is one of that name, else a symbol. What
 * stands before a colon is a segment, and everything after it the offset.
 */
final class ExpressionParser {
    private static final List<String> KINDS = List.of("number", "register", "name", "char", "operator");
    private static final Pattern TOKEN = Pattern.compile(
            "\\s*(?:(?<number>[0-9][0-9A-Za-z_]*)|(?<register>\\$[A-Za-z][A-Za-z0-9]*)|(?<name>[A-Za-z_.@?][\\w.$@?]*)"
                    + "|'(?<char>[^'])'|(?<operator><<|>>|<=|>=|==|!=|&&|\\|\\||[-+*/%&|^~!<>()\\[\\]:]))");

    private final String text;
    private final Matcher matcher;
    /** The token ahead; empty at the end. */
    private String token = "";

    private String kind = "";
    /** Where the token starts and where the rest after it starts. */
    private int start;

    private int end;

    ExpressionParser(String text) {
        this.text = text;
        matcher = TOKEN.matcher(text);
    }

    Expression parse() {
        advance();
        if (kind.isEmpty()) {
            throw new DebugException("an expression is expected, such as main+0x10, $eax or [esp+4]");
        }
        Expression whole = binary(0);
        if (!kind.isEmpty()) {
            throw unexpected();
        }
        return whole;
    }

    private Expression binary(int level) {
        if (level == Operator.LEVELS) {
            return unary();
        }
        Expression left = binary(level + 1);
        for (Operator o = operator(level); o != null; o = operator(level)) {
            advance();
            left = o.apply(left, binary(level + 1));
        }
        return left;
    }

    private Operator operator(int level) {
        return kind.equals("operator") ? Operator.of(token, level) : null;
    }

    private Expression unary() {
        if (accept("-")) {
            Expression e = unary();
            return scope -> -e.evaluate(scope);
        }
        if (accept("~")) {
            Expression e = unary();
            return scope -> ~e.evaluate(scope);
        }
        if (accept("!")) {
            Expression e = unary();
            return scope -> e.evaluate(scope) == 0 ? 1 : 0;
        }
        return accept("+") ? unary() : primary();
    }

    private Expression primary() {
        if (accept("(")) {
            Expression inner = binary(0);
            expect(")");
            return inner;
        }
        if (accept("[")) {
            return memory(4);
        }
        if (kind.equals("operator") || kind.isEmpty()) {
            throw unexpected();
        }
        String word = token;
        String wordKind = kind;
        advance();
        if (accept(":")) {
            Expression offset = binary(0);
            String segment = word.replace("$", "").toLowerCase(Locale.ROOT);
            return scope -> scope.segmentBase(segment) + offset.evaluate(scope);
        }
        return wordKind.equals("name") ? name(word) : constantOrRegister(word, wordKind);
    }

    private static Expression constantOrRegister(String word, String kind) {
        if (kind.equals("register")) {
            String register = word.substring(1).toLowerCase(Locale.ROOT);
            return scope -> scope.register(register);
        }
        int value = kind.equals("char") ? word.charAt(0) : number(word);
        return scope -> value;
    }

    private Expression name(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        int size = List.of("byte", "word", "", "dword").indexOf(lower) + 1;
        if (size > 0 && accept("[")) {
            return memory(size);
        }
        return scope -> scope.isRegister(lower) ? scope.register(lower) : scope.symbol(name);
    }

    private Expression memory(int size) {
        Expression address = binary(0);
        expect("]");
        return scope -> scope.memory(address.evaluate(scope), size);
    }

    /** Reads a number that stands alone: 16, 0x10 or 10h, at most 32 bits. */
    static int number(String digits) {
        String plain = digits.replace("_", "").toLowerCase(Locale.ROOT);
        long value;
        try {
            if (plain.startsWith("0x")) {
                value = Long.parseLong(plain.substring(2), 16);
            } else if (plain.endsWith("h")) {
                value = Long.parseLong(plain.substring(0, plain.length() - 1), 16);
            } else {
                value = Long.parseLong(plain);
            }
        } catch (NumberFormatException e) {
            throw new DebugException("'" + digits + "' is no number; write 16, 0x10 or 10h");
        }
        if (value >>> 32 != 0) {
            throw new DebugException("'" + digits + "' does not fit in 32 bits");
        }
        return (int) value;
    }

    private boolean accept(String operator) {
        boolean found = kind.equals("operator") && operator.equals(token);
        if (found) {
            advance();
        }
        return found;
    }

    private void expect(String operator) {
        if (!accept(operator)) {
            throw kind.isEmpty()
                    ? new DebugException("'" + operator + "' is missing at the end of '" + text.strip() + "'")
                    : unexpected();
        }
    }

    private void advance() {
        token = "";
        kind = "";
        if (text.substring(end).isBlank()) {
            return;
        }
        matcher.region(end, text.length());
        if (!matcher.lookingAt()) {
            throw new DebugException("'" + text.substring(end).strip() + "' is not understood in an expression");
        }
        end = matcher.end();
        for (String group : KINDS) {
            if (matcher.group(group) != null) {
                token = matcher.group(group);
                kind = group;
                start = matcher.start(group);
            }
        }
    }

    private DebugException unexpected() {
        return kind.isEmpty()
                ? new DebugException("expression '" + text.strip() + "' ends too early")
                : new DebugException("'" + token + "' is not expected at column " + (start + 1) + " of '" + text + "'");
    }
}

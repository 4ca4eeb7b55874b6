package org.orrery.isa.asm;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.orrery.isa.asm.Token.Kind;

/** Cuts a line into tokens. A comment ends the line. */
final class Lexer {
    private static final String[] OPERATORS = {
        "<<<", ">>>", "<=>", "<<", ">>", "//", "%%", "==", "!=", "<>", "<=", ">=", "&&", "||", "^^"
    };
    private static final String SINGLE = "+-*/%&|^~!<>=()[]{},:?@#\\";

    private final String line;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private Lexer(String line) {
        this.line = line;
    }

    /**
     * The tokens of a line.
     *
     * @throws SyntaxException for a character that begins no token and for an unterminated string
     */
    static List<Token> tokens(String line) {
        Lexer lexer = new Lexer(line);
        lexer.run();
        return lexer.tokens;
    }

    private void run() {
        boolean spaced = false;
        while (at < line.length()) {
            char c = line.charAt(at);
            if (c == ';') {
                return;
            }
            if (c <= ' ') {
                spaced = true;
                at++;
                continue;
            }
            tokens.add(next(c, spaced));
            spaced = false;
        }
    }

    private Token next(char c, boolean spaced) {
        int start = at;
        if (isNameStart(c)) {
            skipName();
            return token(Kind.NAME, start, spaced);
        }
        if (isDigit(c)) {
            return number(start, spaced);
        }
        switch (c) {
            case '\'', '"', '`':
                return string(c, spaced);
            case '$':
                return dollar(spaced);
            case '%':
                return percent(spaced);
            default:
                return operator(spaced);
        }
    }

    private Token token(Kind kind, int start, boolean spaced) {
        return new Token(kind, line.substring(start, at), start + 1, spaced);
    }

    private Token number(int start, boolean spaced) {
        boolean hex = line.startsWith("0x", start) || line.startsWith("0X", start);
        skipAlphanumerics();
        boolean point = !hex && at < line.length() && line.charAt(at) == '.';
        if (point) {
            at++;
            skipAlphanumerics();
        }
        char last = line.charAt(at - 1);
        boolean exponent = !hex && (last == 'e' || last == 'E') && (point || allDigits(start, at - 1));
        if (exponent && at + 1 < line.length() && isSign(line.charAt(at)) && isDigit(line.charAt(at + 1))) {
            at++;
            skipAlphanumerics();
        }
        boolean floating = point || !hex && isExponent(line.substring(start, at));
        return token(floating ? Kind.FLOAT : Kind.INTEGER, start, spaced);
    }

    private boolean allDigits(int from, int to) {
        return line.substring(from, to).chars().allMatch(c -> isDigit((char) c));
    }

    private static boolean isExponent(String text) {
        int e = text.toLowerCase(Locale.ROOT).indexOf('e');
        if (e < 1 || e == text.length() - 1) {
            return false;
        }
        String rest = text.substring(e + 1);
        String digits = isSign(rest.charAt(0)) ? rest.substring(1) : rest;
        return (text.substring(0, e) + digits).chars().allMatch(c -> isDigit((char) c));
    }

    private void skipAlphanumerics() {
        while (at < line.length() && (isDigit(line.charAt(at)) || isLetter(line.charAt(at)))) {
            at++;
        }
    }

    private void skipName() {
        while (at < line.length() && isNamePart(line.charAt(at))) {
            at++;
        }
    }

    private Token string(char quote, boolean spaced) {
        int start = at++;
        while (at < line.length() && line.charAt(at) != quote) {
            at += quote == '`' && line.charAt(at) == '\\' ? 2 : 1;
        }
        if (at >= line.length()) {
            throw new SyntaxException(start + 1, "string without its closing " + quote);
        }
        at++;
        return token(Kind.STRING, start, spaced);
    }

    private Token dollar(boolean spaced) {
        int start = at++;
        char c = peek(0);
        if (c == '$') {
            at++;
            return token(Kind.OPERATOR, start, spaced);
        }
        if (isDigit(c)) {
            skipAlphanumerics();
            return token(Kind.INTEGER, start, spaced);
        }
        if (isNameStart(c)) {
            skipName();
            return new Token(Kind.SYMBOL, line.substring(start + 1, at), start + 1, spaced);
        }
        return token(Kind.OPERATOR, start, spaced);
    }

    private Token percent(boolean spaced) {
        int start = at++;
        char c = peek(0);
        if (c == '{' || c == '[') {
            return braced(start, c == '{' ? '}' : ']', spaced);
        }
        if (c == '+' || c == '-' && isDigit(peek(1)) || c == '?') {
            at += c == '?' && peek(1) == '?' ? 2 : 1;
            skipDigits();
            return token(Kind.PERCENT, start, spaced);
        }
        if (isDigit(c)) {
            skipDigits();
            return token(Kind.PERCENT, start, spaced);
        }
        while (peek(0) == '$' || peek(0) == '%' && at == start + 1) {
            at++;
        }
        if (isNameStart(peek(0))) {
            skipName();
            return token(Kind.PERCENT, start, spaced);
        }
        at = line.startsWith("%%", start) ? start + 2 : start + 1;
        return token(Kind.OPERATOR, start, spaced);
    }

    private Token braced(int start, char close, boolean spaced) {
        int end = line.indexOf(close, at);
        if (end < 0) {
            throw new SyntaxException(start + 1, "%" + line.charAt(at) + " without its " + close);
        }
        String inner = line.substring(at + 1, end).strip();
        at = end + 1;
        return new Token(Kind.PERCENT, (close == ']' ? "%[" : "%") + inner, start + 1, spaced);
    }

    private void skipDigits() {
        while (isDigit(peek(0))) {
            at++;
        }
    }

    private Token operator(boolean spaced) {
        int start = at;
        for (String operator : OPERATORS) {
            if (line.startsWith(operator, at)) {
                at += operator.length();
                return token(Kind.OPERATOR, start, spaced);
            }
        }
        if (SINGLE.indexOf(line.charAt(at)) < 0) {
            throw new SyntaxException(at + 1, "unexpected character '" + line.charAt(at) + "'");
        }
        at++;
        return token(Kind.OPERATOR, start, spaced);
    }

    private char peek(int ahead) {
        return at + ahead < line.length() ? line.charAt(at + ahead) : '\n';
    }

    private static boolean isSign(char c) {
        return c == '+' || c == '-';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c >= 0x80;
    }

    static boolean isNameStart(char c) {
        return isLetter(c) || c == '.' || c == '?' || c == '@';
    }

    private static boolean isNamePart(char c) {
        return isNameStart(c) || isDigit(c) || c == '$' || c == '#' || c == '~';
    }
}

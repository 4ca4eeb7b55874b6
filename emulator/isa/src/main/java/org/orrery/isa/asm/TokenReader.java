package org.orrery.isa.asm;

import java.util.List;
import java.util.Locale;

/** Walks over the tokens of a line. */
final class TokenReader {
    private static final Token END = new Token(Token.Kind.OPERATOR, "", 0, true);

    private final List<Token> tokens;
    private int at;

    TokenReader(List<Token> tokens) {
        this.tokens = tokens;
    }

    boolean atEnd() {
        return at >= tokens.size();
    }

    /** The token ahead; at the end one that is nothing. */
    Token peek() {
        return peek(0);
    }

    Token peek(int ahead) {
        return at + ahead < tokens.size() ? tokens.get(at + ahead) : END;
    }

    Token next() {
        return at < tokens.size() ? tokens.get(at++) : END;
    }

    /** Whether the next token is this operator, which is then behind us. */
    boolean accept(String operator) {
        boolean found = peek().is(operator);
        if (found) {
            at++;
        }
        return found;
    }

    /** Whether the next token is this word in any case, which is then behind us. */
    boolean acceptWord(String word) {
        boolean found = peek().isName() && peek().text().equalsIgnoreCase(word);
        if (found) {
            at++;
        }
        return found;
    }

    void expect(String operator, String where) {
        if (!accept(operator)) {
            throw error("expected " + operator + " " + where + foundInstead());
        }
    }

    void expectEnd(String where) {
        if (!atEnd()) {
            throw error("unexpected " + describe(peek()) + " " + where);
        }
    }

    String name(String what) {
        if (!peek().isName() && peek().kind() != Token.Kind.SYMBOL) {
            throw error("expected " + what + foundInstead());
        }
        return next().text();
    }

    /** The next token in lower case if it is a word, or empty. */
    String word() {
        return peek().isName() ? peek().text().toLowerCase(Locale.ROOT) : "";
    }

    List<Token> rest() {
        List<Token> rest = tokens.subList(Math.min(at, tokens.size()), tokens.size());
        at = tokens.size();
        return rest;
    }

    int mark() {
        return at;
    }

    void reset(int mark) {
        at = mark;
    }

    List<Token> since(int mark) {
        return tokens.subList(mark, at);
    }

    /** The column of the next token, or the one after the last. */
    int column() {
        if (at < tokens.size()) {
            return tokens.get(at).column();
        }
        Token last = tokens.isEmpty() ? END : tokens.get(tokens.size() - 1);
        return last.column() + last.text().length();
    }

    SyntaxException error(String message) {
        return new SyntaxException(Math.max(1, column()), message);
    }

    String foundInstead() {
        return atEnd() ? ", found the end of the line" : ", found " + describe(peek());
    }

    private static String describe(Token token) {
        return token.kind() == Token.Kind.STRING ? token.text() : "'" + token.text() + "'";
    }
}

package org.orrery.isa.asm;

import java.util.ArrayList;
import java.util.List;
import org.orrery.isa.asm.Token.Kind;

/** The stack of {@code %push} and {@code %pop}, and the names that belong to a context. */
final class Contexts {
    private record Context(String name, int id) {}

    private final List<Context> stack = new ArrayList<>();

    void push(String name, int id) {
        stack.add(new Context(name, id));
    }

    void pop(String name, int column) {
        Context top = at(0, column);
        if (!name.isEmpty() && !top.name().equals(name)) {
            throw new SyntaxException(column, "%pop " + name + " where the context is '" + top.name() + "'");
        }
        stack.remove(stack.size() - 1);
    }

    /** {@code %repl}: another name for the same context. */
    void rename(String name, int column) {
        Context top = at(0, column);
        stack.set(stack.size() - 1, new Context(name, top.id()));
    }

    boolean isIn(String name) {
        return !stack.isEmpty() && stack.get(stack.size() - 1).name().equals(name);
    }

    /** Replaces {@code %$name} by the name that is unique to the context. */
    List<Token> resolve(List<Token> tokens) {
        if (tokens.stream().noneMatch(Contexts::isLocal)) {
            return tokens;
        }
        List<Token> out = new ArrayList<>(tokens.size());
        for (Token token : tokens) {
            out.add(isLocal(token) ? resolve(token) : token);
        }
        return out;
    }

    private static boolean isLocal(Token token) {
        return token.kind() == Kind.PERCENT && token.text().startsWith("%$");
    }

    private Token resolve(Token token) {
        int dollars = 1;
        while (token.text().charAt(1 + dollars) == '$') {
            dollars++;
        }
        Context context = at(dollars - 1, token.column());
        String name = "..@" + context.id() + "." + token.text().substring(1 + dollars);
        return new Token(Kind.NAME, name, token.column(), token.spaced());
    }

    private Context at(int depth, int column) {
        if (depth >= stack.size()) {
            throw new SyntaxException(column, "no context is open here");
        }
        return stack.get(stack.size() - 1 - depth);
    }
}

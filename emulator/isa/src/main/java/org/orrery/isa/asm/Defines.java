package org.orrery.isa.asm;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** The single-line macros, and their expansion. */
final class Defines {
    /** Macros within each other, and tokens that one line expands to; more is taken for a mistake. */
    private static final int DEEPEST = 200;

    private static final int LONGEST = 200_000;

    private final Map<String, List<Define>> byName = new HashMap<>();
    private final Deque<Define> inProgress = new ArrayDeque<>();
    private final Map<String, Function<Token, Token>> builtIn = new HashMap<>();

    /** Defines a word that is computed where it stands. */
    void builtIn(String name, Function<Token, Token> token) {
        builtIn.put(name, token);
    }

    void put(Define define) {
        List<Define> same = byName.computeIfAbsent(key(define.name()), k -> new ArrayList<>(1));
        same.removeIf(d -> d.isNamed(define.name()) && (d.arity() == define.arity() || define.arity() < 0));
        same.add(define);
    }

    void remove(String name) {
        List<Define> same = byName.getOrDefault(key(name), new ArrayList<>());
        same.removeIf(d -> d.isNamed(name));
    }

    boolean contains(String name) {
        return builtIn.containsKey(name)
                || byName.getOrDefault(key(name), List.of()).stream().anyMatch(d -> d.isNamed(name));
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** A line with every single-line macro expanded and {@code %+} applied. */
    List<Token> expand(List<Token> tokens) {
        inProgress.clear();
        List<Token> out = new ArrayList<>(tokens.size());
        expandInto(tokens, out);
        return paste(out);
    }

    private void expandInto(List<Token> tokens, List<Token> out) {
        int at = 0;
        while (at < tokens.size()) {
            Token token = tokens.get(at);
            at = expandOne(tokens, at, token, out);
        }
    }

    private int expandOne(List<Token> tokens, int at, Token token, List<Token> out) {
        if (token.kind() == Token.Kind.PERCENT && token.text().startsWith("%[")) {
            for (Token inner : Lexer.tokens(token.text().substring(2))) {
                expandInto(List.of(inner.at(token.column(), inner.spaced())), out);
            }
            return at + 1;
        }
        if (!token.isName()) {
            out.add(token);
            return at + 1;
        }
        Function<Token, Token> computed = builtIn.get(token.text());
        if (computed != null) {
            out.add(computed.apply(token));
            return at + 1;
        }
        return expandName(tokens, at, token, out);
    }

    private int expandName(List<Token> tokens, int at, Token token, List<Token> out) {
        List<Define> candidates = byName.isEmpty() ? List.of() : byName.getOrDefault(key(token.text()), List.of());
        Arguments arguments = null;
        for (Define define : candidates) {
            if (!define.isNamed(token.text()) || inProgress.contains(define)) {
                continue;
            }
            if (define.parameters() == null) {
                expandBody(define, List.of(), token, out);
                return at + 1;
            }
            arguments = arguments == null ? Arguments.read(tokens, at + 1) : arguments;
            if (arguments != null && arguments.fits(define)) {
                expandBody(define, arguments.list, token, out);
                return arguments.end;
            }
        }
        out.add(token);
        return at + 1;
    }

    private void expandBody(Define define, List<List<Token>> arguments, Token name, List<Token> out) {
        List<Token> body = new ArrayList<>(define.body().size());
        boolean first = true;
        for (Token token : define.body()) {
            int parameter = define.parameters() == null || !token.isName()
                    ? -1
                    : define.parameters().indexOf(token.text());
            boolean spaced = first ? name.spaced() : token.spaced();
            first = false;
            if (parameter < 0) {
                body.add(token.at(name.column(), spaced));
                continue;
            }
            List<Token> argument = new ArrayList<>();
            expandInto(arguments.get(parameter), argument);
            for (Token t : argument) {
                body.add(t.at(name.column(), t == argument.get(0) ? spaced : t.spaced()));
            }
        }
        if (inProgress.size() > DEEPEST || out.size() > LONGEST) {
            throw new SyntaxException(name.column(), "macros expand without end");
        }
        inProgress.push(define);
        expandInto(body, out);
        inProgress.pop();
    }

    private static List<Token> paste(List<Token> tokens) {
        if (tokens.stream().noneMatch(Defines::isPaste)) {
            return tokens;
        }
        List<Token> out = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (isPaste(token) && !out.isEmpty() && i + 1 < tokens.size()) {
                Token left = out.remove(out.size() - 1);
                out.add(MacroCall.glue(left, tokens.get(++i)));
            } else if (!isPaste(token)) {
                out.add(token);
            }
        }
        return out;
    }

    private static boolean isPaste(Token token) {
        return token.kind() == Token.Kind.PERCENT && token.text().equals("%+");
    }

    /** The arguments in parentheses after a macro's name. */
    private static final class Arguments {
        final List<List<Token>> list = new ArrayList<>();
        int end;

        static Arguments read(List<Token> tokens, int start) {
            if (start >= tokens.size() || !tokens.get(start).is("(")) {
                return null;
            }
            Arguments arguments = new Arguments();
            return arguments.readFrom(tokens, start) ? arguments : null;
        }

        private boolean readFrom(List<Token> tokens, int start) {
            List<Token> current = new ArrayList<>();
            int depth = 0;
            for (int i = start; i < tokens.size(); i++) {
                Token token = tokens.get(i);
                boolean open = token.is("(") || token.is("[") || token.is("{");
                boolean close = token.is(")") || token.is("]") || token.is("}");
                depth += open ? 1 : close ? -1 : 0;
                if (depth == 0) {
                    list.add(unbraced(current));
                    end = i + 1;
                    return true;
                }
                if (token.is(",") && depth == 1) {
                    list.add(unbraced(current));
                    current = new ArrayList<>();
                } else if (i > start) {
                    current.add(token);
                }
            }
            return false;
        }

        private static List<Token> unbraced(List<Token> argument) {
            int last = argument.size() - 1;
            boolean braces =
                    last > 0 && argument.get(0).is("{") && argument.get(last).is("}");
            return braces ? argument.subList(1, last) : argument;
        }

        boolean fits(Define define) {
            boolean none = list.size() == 1 && list.get(0).isEmpty();
            return define.arity() == list.size() || define.arity() == 0 && none;
        }
    }
}

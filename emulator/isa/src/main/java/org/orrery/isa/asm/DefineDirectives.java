package org.orrery.isa.asm;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.orrery.isa.asm.Token.Kind;

/** The directives that make single-line macros. */
final class DefineDirectives {
    private final Preprocessor preprocessor;
    private final Defines defines;

    DefineDirectives(Preprocessor preprocessor, Defines defines) {
        this.preprocessor = preprocessor;
        this.defines = defines;
    }

    /** Carries out a directive; false if it is none of ours. */
    boolean handle(String directive, TokenReader in) {
        switch (directive) {
            case "define", "idefine" -> define(in, directive.startsWith("i"), false);
            case "xdefine", "ixdefine" -> define(in, directive.startsWith("i"), true);
            case "undef" -> defines.remove(in.name("the name of a %define"));
            case "assign", "iassign" -> assign(in, directive.startsWith("i"));
            case "defstr" -> defstr(in);
            case "deftok" -> deftok(in);
            case "strlen" -> strlen(in);
            case "strcat" -> strcat(in);
            case "substr" -> substr(in);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void define(TokenReader in, boolean ignoreCase, boolean now) {
        String name = in.name("the name of a %define");
        List<String> parameters = null;
        if (in.peek().is("(") && !in.peek().spaced()) {
            in.next();
            parameters = parameters(in);
        }
        List<Token> body = in.rest();
        defines.put(new Define(name, parameters, List.copyOf(now ? defines.expand(body) : body), ignoreCase));
    }

    private static List<String> parameters(TokenReader in) {
        List<String> names = new ArrayList<>();
        if (in.accept(")")) {
            return names;
        }
        do {
            in.accept("=");
            names.add(in.name("the name of a parameter"));
        } while (in.accept(","));
        in.expect(")", "after the parameters");
        return names;
    }

    private void put(String name, Token token, boolean ignoreCase) {
        defines.put(new Define(name, null, List.of(token), ignoreCase));
    }

    private void assign(TokenReader in, boolean ignoreCase) {
        String name = in.name("the name of a number");
        int column = in.column();
        long number = preprocessor.number(defines.expand(in.rest()), column);
        defines.put(new Define(name, null, number(number, column), ignoreCase));
    }

    private static List<Token> number(long number, int column) {
        Token digits = new Token(Kind.INTEGER, Long.toUnsignedString(Math.abs(number)), column, false);
        return number < 0 ? List.of(new Token(Kind.OPERATOR, "-", column, true), digits) : List.of(digits);
    }

    private void defstr(TokenReader in) {
        String name = in.name("the name of a string");
        String text = Preprocessor.text(defines.expand(in.rest()));
        put(name, quoted(text), false);
    }

    private void deftok(TokenReader in) {
        String name = in.name("a name");
        String text = Numbers.text(strings(in, 1).get(0));
        defines.put(new Define(name, null, List.copyOf(Lexer.tokens(text)), false));
    }

    private void strlen(TokenReader in) {
        String name = in.name("the name of a number");
        int length = Numbers.string(strings(in, 1).get(0)).length;
        put(name, new Token(Kind.INTEGER, String.valueOf(length), in.column(), true), false);
    }

    private void strcat(TokenReader in) {
        String name = in.name("the name of a string");
        String text = strings(in, 0).stream().map(Numbers::text).collect(Collectors.joining());
        put(name, quoted(text), false);
    }

    /** The strings that follow, commas between them or not. */
    private List<Token> strings(TokenReader in, int count) {
        int column = in.column();
        List<Token> tokens =
                defines.expand(in.rest()).stream().filter(t -> !t.is(",")).toList();
        boolean allStrings = tokens.stream().allMatch(t -> t.kind() == Kind.STRING);
        if (!allStrings || tokens.isEmpty() || count > 0 && tokens.size() != count) {
            throw new SyntaxException(column, "expected a string");
        }
        return tokens;
    }

    /** {@code %substr name 'string' first, length}: a negative length counts from the end. */
    private void substr(TokenReader in) {
        String name = in.name("the name of a string");
        int column = in.column();
        TokenReader operands = new TokenReader(defines.expand(in.rest()));
        if (operands.peek().kind() != Kind.STRING) {
            throw operands.error("expected a string" + operands.foundInstead());
        }
        String text = Numbers.text(operands.next());
        operands.accept(",");
        List<List<Token>> numbers = Macros.arguments(operands.rest());
        if (numbers.isEmpty()) {
            throw new SyntaxException(column, "expected a position");
        }
        long first = preprocessor.number(numbers.get(0), column);
        long length = numbers.size() > 1 ? preprocessor.number(numbers.get(1), column) : 1;
        long from = Math.max(first - 1, 0);
        long to = length < 0 ? text.length() + length + 1 : from + length;
        to = Math.min(to, text.length());
        put(name, quoted(from < to ? text.substring((int) from, (int) to) : ""), false);
    }

    static Token quoted(String text) {
        if (text.indexOf('\'') < 0) {
            return new Token(Kind.STRING, "'" + text + "'", 1, true);
        }
        if (text.indexOf('"') < 0) {
            return new Token(Kind.STRING, "\"" + text + "\"", 1, true);
        }
        return new Token(Kind.STRING, "`" + text.replace("\\", "\\\\").replace("`", "\\`") + "`", 1, true);
    }
}

package org.orrery.isa.asm;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The tests that {@code %if} and its relatives make. */
final class ConditionTests {
    private static final Set<String> KINDS =
            Set.of("", "def", "macro", "ctx", "idn", "idni", "id", "num", "str", "token", "empty");

    private final Preprocessor preprocessor;
    private final Defines defines;
    private final Macros macros;
    private final Contexts contexts;

    ConditionTests(Preprocessor preprocessor, Defines defines, Macros macros, Contexts contexts) {
        this.preprocessor = preprocessor;
        this.defines = defines;
        this.macros = macros;
        this.contexts = contexts;
    }

    /** Whether this is the name of a test, with what may come after {@code if}, for instance {@code ndef}. */
    static boolean isTest(String kind) {
        return KINDS.contains(kind) || kind.startsWith("n") && KINDS.contains(kind.substring(1));
    }

    boolean test(String kind, List<Token> tokens, int column) {
        boolean negated = !KINDS.contains(kind);
        return negated ^ positive(negated ? kind.substring(1) : kind, tokens, column);
    }

    private boolean positive(String kind, List<Token> tokens, int column) {
        switch (kind) {
            case "":
                return preprocessor.number(defines.expand(tokens), column) != 0;
            case "def":
                return names(tokens, "the name of a %define").stream().anyMatch(defines::contains);
            case "ctx":
                return names(tokens, "the name of a context").stream().anyMatch(contexts::isIn);
            case "macro":
                return isMacro(tokens);
            case "idn", "idni":
                return identical(defines.expand(tokens), kind.equals("idni"), column);
            default:
                return isOfKind(kind, defines.expand(tokens));
        }
    }

    private static List<String> names(List<Token> tokens, String what) {
        if (tokens.isEmpty()) {
            throw new TokenReader(tokens).error("expected " + what);
        }
        return tokens.stream().map(Token::text).toList();
    }

    private boolean isMacro(List<Token> tokens) {
        TokenReader in = new TokenReader(tokens);
        if (tokens.size() == 1) {
            return !macros.named(in.name("the name of a macro")).isEmpty();
        }
        Macros.Header header = Macros.header(in, false, Location.NONE);
        return macros.named(header.name()).stream()
                .anyMatch(m -> m.least() <= header.most() && m.most() >= header.least());
    }

    private static boolean identical(List<Token> tokens, boolean ignoreCase, int column) {
        int comma = 0;
        while (comma < tokens.size() && !tokens.get(comma).is(",")) {
            comma++;
        }
        if (comma == tokens.size()) {
            throw new SyntaxException(column, "expected two texts with a comma between them");
        }
        List<Token> left = tokens.subList(0, comma);
        List<Token> right = tokens.subList(comma + 1, tokens.size());
        if (left.size() != right.size()) {
            return false;
        }
        for (int i = 0; i < left.size(); i++) {
            if (!comparable(left.get(i), ignoreCase).equals(comparable(right.get(i), ignoreCase))) {
                return false;
            }
        }
        return true;
    }

    private static String comparable(Token token, boolean ignoreCase) {
        String text = token.kind() == Token.Kind.STRING ? "'" + Numbers.text(token) : token.text();
        return ignoreCase ? text.toLowerCase(Locale.ROOT) : text;
    }

    private static boolean isOfKind(String kind, List<Token> tokens) {
        int size = tokens.size();
        switch (kind) {
            case "empty":
                return size == 0;
            case "token":
                return size == 1;
            case "num":
                boolean signed =
                        size == 2 && (tokens.get(0).is("-") || tokens.get(0).is("+"));
                return size > 0
                        && size <= (signed ? 2 : 1)
                        && tokens.get(size - 1).kind() == Token.Kind.INTEGER;
            case "str":
                return size == 1 && tokens.get(0).kind() == Token.Kind.STRING;
            default:
                return size >= 1 && tokens.get(0).isName();
        }
    }
}

package org.orrery.isa.asm;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.orrery.isa.asm.Token.Kind;

/** One expansion of a multi-line macro: puts its arguments into the lines of the body. */
final class MacroCall {
    private static final Map<String, String> INVERSE = inverseConditions();

    final Macro macro;
    /** The line that the outermost macro was called from. */
    final Location location;

    private final int id;
    private final int column;
    private final List<List<Token>> arguments;
    private final Token label;

    /**
     * @param id makes {@code %%labels} unique
     * @param label what stands before the macro's name, or null
     */
    MacroCall(Macro macro, int id, Location location, int column, List<List<Token>> arguments, Token label) {
        this.macro = macro;
        this.id = id;
        this.location = location;
        this.column = column;
        this.label = label;
        this.arguments = new ArrayList<>(arguments);
        int first = arguments.size() - macro.least();
        if (first < macro.defaults().size()) {
            this.arguments.addAll(
                    macro.defaults().subList(first, macro.defaults().size()));
        }
    }

    /** {@code %rotate}. */
    void rotate(long by) {
        if (!arguments.isEmpty()) {
            Collections.rotate(arguments, (int) (-by % arguments.size()));
        }
    }

    /** A line of the body with arguments for parameters; every token at the column of the call. */
    List<Token> substitute(List<Token> tokens) {
        List<Token> out = new ArrayList<>(tokens.size() + 8);
        boolean glue = false;
        for (Token token : tokens) {
            List<Token> replacement = token.kind() == Kind.PERCENT ? replacement(token) : null;
            if (replacement == null) {
                append(out, token.at(column, token.spaced()), glue);
                glue = false;
            } else {
                appendAll(out, replacement, token.spaced());
                glue = true;
            }
        }
        return out;
    }

    private void appendAll(List<Token> out, List<Token> replacement, boolean spaced) {
        boolean first = true;
        for (Token token : replacement) {
            append(out, token.at(column, first ? spaced : token.spaced()), first);
            first = false;
        }
    }

    /** Appends a token; one that follows another without a space is glued to it if one of the two is an argument. */
    private static void append(List<Token> out, Token token, boolean mayGlue) {
        Token last = out.isEmpty() ? null : out.get(out.size() - 1);
        if (!mayGlue || token.spaced() || last == null || !isWord(last) || !isWord(token)) {
            out.add(token);
            return;
        }
        out.set(out.size() - 1, glue(last, token));
    }

    /** One token out of the text of two. */
    static Token glue(Token left, Token right) {
        List<Token> glued = Lexer.tokens(left.text() + right.text());
        if (glued.size() != 1) {
            throw new SyntaxException(
                    left.column(), "'" + left.text() + "' and '" + right.text() + "' do not make one token");
        }
        return glued.get(0).at(left.column(), left.spaced());
    }

    private static boolean isWord(Token token) {
        return switch (token.kind()) {
            case NAME, SYMBOL, INTEGER -> true;
            case PERCENT ->
                token.text().startsWith("%$")
                        || token.text().length() > 1 && isLetter(token.text().charAt(1));
            default -> false;
        };
    }

    private static boolean isLetter(char c) {
        return Lexer.isNameStart(c) && c != '?';
    }

    /** What a token stands for here, or null if it is not a parameter. */
    private List<Token> replacement(Token token) {
        String text = token.text();
        char c = text.length() > 1 ? text.charAt(1) : ' ';
        if (c == '%') {
            return List.of(new Token(Kind.NAME, "..@" + id + "." + text.substring(2), column, true));
        }
        if (text.equals("%0")) {
            return List.of(new Token(Kind.INTEGER, String.valueOf(arguments.size()), column, true));
        }
        if (text.equals("%00")) {
            return label == null ? List.of() : List.of(label);
        }
        if (c >= '0' && c <= '9') {
            return argument(Integer.parseInt(text.substring(1)));
        }
        boolean condition = (c == '-' || c == '+') && text.length() > 2;
        return condition ? condition(c, Integer.parseInt(text.substring(2))) : null;
    }

    private List<Token> argument(int number) {
        return number <= arguments.size() ? arguments.get(number - 1) : List.of();
    }

    /** A parameter that is a condition code, as it is or inverted. */
    private List<Token> condition(char sign, int number) {
        List<Token> argument = argument(number);
        String code = argument.size() == 1 ? argument.get(0).text().toLowerCase(Locale.ROOT) : "";
        if (!INVERSE.containsKey(code)) {
            throw new SyntaxException(
                    column, "argument " + number + " of " + macro.name() + " is not a condition code");
        }
        String result = sign == '-' ? INVERSE.get(code) : code;
        return List.of(new Token(Kind.NAME, result, column, false));
    }

    private static Map<String, String> inverseConditions() {
        Map<String, String> map = new HashMap<>();
        String pairs = "o no c nc b nb ae nae e ne z nz be nbe a na s ns p np pe po l nl ge nge le nle g ng";
        String[] codes = pairs.split(" ");
        for (int i = 0; i < codes.length; i += 2) {
            map.put(codes[i], codes[i + 1]);
            map.put(codes[i + 1], codes[i]);
        }
        return map;
    }
}

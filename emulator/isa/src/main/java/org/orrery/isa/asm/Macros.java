package org.orrery.isa.asm;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The multi-line macros. */
final class Macros {
    /** The line of a {@code %macro}: everything but the body. */
    record Header(
            String name,
            int least,
            int most,
            boolean greedy,
            boolean ignoreCase,
            List<List<Token>> defaults,
            String file,
            int line) {
        Macro with(List<RawLine> body) {
            return new Macro(name, least, most, greedy, ignoreCase, defaults, body, file, line);
        }
    }

    private final Map<String, List<Macro>> byName = new HashMap<>();

    static Header header(TokenReader in, boolean ignoreCase, Location location) {
        String name = in.name("the name of a macro");
        int least = 0;
        int most = 0;
        boolean greedy = false;
        if (in.peek().kind() == Token.Kind.INTEGER) {
            least = count(in);
            most = least;
            if (in.accept("-")) {
                most = in.accept("*") ? Integer.MAX_VALUE : count(in);
            }
            greedy = in.accept("+");
        }
        in.acceptWord(".nolist");
        List<List<Token>> defaults = in.atEnd() ? List.of() : arguments(in.rest());
        return new Header(name, least, most, greedy, ignoreCase, defaults, location.file(), location.line());
    }

    private static int count(TokenReader in) {
        if (in.peek().kind() != Token.Kind.INTEGER) {
            throw in.error("expected a number of parameters" + in.foundInstead());
        }
        return (int) Numbers.integer(in.next());
    }

    void put(Macro macro) {
        List<Macro> same = byName.computeIfAbsent(key(macro.name()), k -> new ArrayList<>(1));
        same.removeIf(m -> m.isNamed(macro.name()) && m.least() == macro.least() && m.most() == macro.most());
        same.add(macro);
    }

    /** {@code %unmacro}. */
    void remove(Header header) {
        List<Macro> same = byName.getOrDefault(key(header.name()), new ArrayList<>());
        same.removeIf(m -> m.isNamed(header.name()) && m.least() == header.least() && m.most() == header.most());
    }

    List<Macro> named(String name) {
        List<Macro> same = byName.isEmpty() ? null : byName.get(key(name));
        return same == null
                ? List.of()
                : same.stream().filter(m -> m.isNamed(name)).toList();
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** Splits at the commas outside of braces; braces around an argument go. */
    static List<List<Token>> arguments(List<Token> tokens) {
        List<List<Token>> arguments = new ArrayList<>();
        List<Token> current = new ArrayList<>();
        int depth = 0;
        for (Token token : tokens) {
            if (token.is("{") && (depth > 0 || current.isEmpty())) {
                depth++;
            } else if (token.is("}") && depth > 0) {
                depth--;
            }
            if (token.is(",") && depth == 0) {
                arguments.add(unbraced(current));
                current = new ArrayList<>();
            } else {
                current.add(token);
            }
        }
        if (!tokens.isEmpty()) {
            arguments.add(unbraced(current));
        }
        return arguments;
    }

    private static List<Token> unbraced(List<Token> argument) {
        int last = argument.size() - 1;
        boolean braces =
                last > 0 && argument.get(0).is("{") && argument.get(last).is("}");
        return braces ? argument.subList(1, last) : argument;
    }

    /** The arguments as a macro takes them: what is too many goes to its last parameter. */
    static List<List<Token>> fit(Macro macro, List<Token> tokens) {
        List<List<Token>> arguments = arguments(tokens);
        if (!macro.greedy() || arguments.size() <= macro.most()) {
            return arguments;
        }
        int kept = Math.max(macro.most() - 1, 0);
        List<List<Token>> fitted = new ArrayList<>(arguments.subList(0, kept));
        fitted.add(tokens.subList(startOf(kept, tokens), tokens.size()));
        return fitted;
    }

    private static int startOf(int argument, List<Token> tokens) {
        int depth = 0;
        int commas = 0;
        for (int i = 0; i < tokens.size(); i++) {
            if (commas == argument) {
                return i;
            }
            Token token = tokens.get(i);
            depth += token.is("{") ? 1 : token.is("}") ? -1 : 0;
            commas += token.is(",") && depth == 0 ? 1 : 0;
        }
        return tokens.size();
    }
}

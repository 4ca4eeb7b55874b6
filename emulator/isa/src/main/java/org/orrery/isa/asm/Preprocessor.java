package org.orrery.isa.asm;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.orrery.isa.asm.Token.Kind;

/**
 * NASM's preprocessor: hands out the lines that are left when files are included, conditions decided and macros
 * expanded.
 */
final class Preprocessor {
    private static final int DEEPEST = 200;
    private static final long MOST_REPETITIONS = 1_000_000;

    private final SourceResolver resolver;
    private final Scope scope;
    private final LabelScope labels;
    private final Predicate<String> isInstruction;
    private final Deque<Frame> frames = new ArrayDeque<>();
    private final Deque<Line> pending = new ArrayDeque<>();
    private final Defines defines = new Defines();
    private final Macros macros = new Macros();
    private final Contexts contexts = new Contexts();
    private final ConditionStack conditions = new ConditionStack();
    private final ConditionTests tests = new ConditionTests(this, defines, macros, contexts);
    private final DefineDirectives defineDirectives = new DefineDirectives(this, defines);
    private BodyCollector collector;
    private Location location = Location.NONE;
    private int nextId = 1;

    /**
     * @param scope gives symbols their values in {@code %if} and {@code %assign}
     * @param isInstruction whether a word begins a statement, so that it is not a label before a macro
     */
    Preprocessor(SourceResolver resolver, Scope scope, LabelScope labels, Predicate<String> isInstruction) {
        this.resolver = resolver;
        this.scope = scope;
        this.labels = labels;
        this.isInstruction = isInstruction;
        defines.builtIn("__LINE__", t -> integer(t, location.line()));
        defines.builtIn(
                "__FILE__", t -> DefineDirectives.quoted(location.file()).at(t.column(), t.spaced()));
        defines.builtIn("__OUTPUT_FORMAT__", t -> new Token(Kind.NAME, "bin", t.column(), t.spaced()));
    }

    /** Defines a single-line macro. */
    void define(String name, String value) {
        defines.put(new Define(name, null, List.copyOf(Lexer.tokens(value)), false));
    }

    /** Where the line comes from that {@link #next} returned or complained about. */
    Location location() {
        return location;
    }

    /** Begins to read a source text. */
    void open(SourceResolver.Source source) {
        if (frames.size() > DEEPEST) {
            throw new SyntaxException(1, "%include nests more than " + DEEPEST + " deep");
        }
        List<RawLine> lines = RawLine.split(new String(source.content(), StandardCharsets.UTF_8));
        frames.push(new Frame(Frame.Kind.FILE, source.name(), lines, null, 1, conditions.depth()));
    }

    /**
     * The next line to assemble, or null at the end.
     *
     * @throws SyntaxException for an error in the line at {@link #location()}; reading can go on
     */
    Line next() {
        while (pending.isEmpty()) {
            Frame frame = frames.peek();
            if (frame == null) {
                return null;
            }
            RawLine raw = frame.read();
            if (raw == null) {
                end(frame);
                continue;
            }
            location = locate(frame, raw);
            Line line = process(frame, raw);
            if (line != null) {
                return line;
            }
        }
        return pending.poll();
    }

    private static Location locate(Frame frame, RawLine raw) {
        MacroCall call = frame.call;
        if (call == null) {
            return new Location(frame.file, raw.line, "");
        }
        String macro = call.macro.name() + " (" + frame.file + ":" + raw.line + ")";
        return new Location(call.location.file(), call.location.line(), macro);
    }

    private void end(Frame frame) {
        frames.pop();
        if (collector != null && frame.kind != Frame.Kind.REPEAT) {
            BodyCollector unfinished = collector;
            collector = null;
            location = unfinished.location();
            throw new SyntaxException(1, unfinished.opening() + " without " + unfinished.closing());
        }
        if (conditions.depth() > frame.conditions) {
            conditions.cutTo(frame.conditions);
            throw new SyntaxException(1, "%if without %endif before the end of " + describe(frame));
        }
    }

    private static String describe(Frame frame) {
        return switch (frame.kind) {
            case FILE -> frame.file;
            case MACRO -> "macro " + frame.call.macro.name();
            case REPEAT -> "%rep";
        };
    }

    private Line process(Frame frame, RawLine raw) {
        if (collector != null) {
            if (collector.add(raw)) {
                BodyCollector complete = collector;
                collector = null;
                complete.finish();
            }
            return null;
        }
        boolean percent = startsWithPercent(raw.text);
        if (!conditions.active() && !percent) {
            return null;
        }
        List<Token> tokens = raw.tokens();
        if (frame.call != null && conditions.active()) {
            tokens = frame.call.substitute(tokens);
        }
        if (percent && !tokens.isEmpty() && tokens.get(0).kind() == Kind.PERCENT) {
            return directive(frame, tokens, raw.text);
        }
        return expand(contexts.resolve(tokens), raw.text, frame.call != null);
    }

    private static boolean startsWithPercent(String text) {
        int at = 0;
        while (at < text.length() && text.charAt(at) <= ' ') {
            at++;
        }
        return at < text.length() && text.charAt(at) == '%';
    }

    private Line expand(List<Token> tokens, String text, boolean inMacro) {
        if (tokens.isEmpty()) {
            return new Line(tokens, location, text);
        }
        List<Token> expanded = defines.expand(tokens);
        Line line = new Line(expanded, location, inMacro ? text(expanded) : text);
        return call(line) ? pending.poll() : line;
    }

    /** Begins to expand a macro if the line calls one. */
    private boolean call(Line line) {
        List<Token> tokens = line.tokens();
        int at = 0;
        Token label = null;
        if (tokens.size() > 1
                && findMacros(tokens.get(0)).isEmpty()
                && !isInstruction.test(tokens.get(0).text())) {
            label = tokens.get(0);
            at = tokens.get(1).is(":") ? 2 : 1;
        }
        if (at >= tokens.size()) {
            return false;
        }
        List<Macro> candidates = findMacros(tokens.get(at));
        if (candidates.isEmpty()) {
            return false;
        }
        Token name = tokens.get(at);
        List<Token> rest = tokens.subList(at + 1, tokens.size());
        int count = Macros.arguments(rest).size();
        Macro macro =
                candidates.stream().filter(m -> m.takes(count)).findFirst().orElse(null);
        if (macro != null) {
            enter(macro, line, name, rest, label);
            return true;
        }
        if (isInstruction.test(name.text())) {
            return false;
        }
        String arity = candidates.get(0).arity();
        throw new SyntaxException(
                name.column(), "macro " + name.text() + " takes " + arity + " arguments, not " + count);
    }

    private void enter(Macro macro, Line line, Token name, List<Token> rest, Token label) {
        if (frames.size() > DEEPEST) {
            throw new SyntaxException(name.column(), "macros nest more than " + DEEPEST + " deep");
        }
        Frame caller = frames.peek();
        Location from = caller.call == null ? location : caller.call.location;
        MacroCall call = new MacroCall(macro, nextId++, from, name.column(), Macros.fit(macro, rest), label);
        frames.push(new Frame(Frame.Kind.MACRO, macro.file(), macro.body(), call, 1, conditions.depth()));
        List<Token> kept = List.of();
        if (label != null) {
            kept = List.of(label, new Token(Kind.OPERATOR, ":", label.column(), false));
        }
        pending.add(new Line(kept, line.location(), line.text()));
    }

    /** Macros of this name that are not being expanded already. */
    private List<Macro> findMacros(Token token) {
        if (!token.isName()) {
            return List.of();
        }
        List<Macro> named = macros.named(token.text());
        if (named.isEmpty()) {
            return named;
        }
        return named.stream().filter(m -> !isExpanding(m)).toList();
    }

    private boolean isExpanding(Macro macro) {
        return frames.stream().anyMatch(f -> f.call != null && f.call.macro == macro);
    }

    private Line directive(Frame frame, List<Token> tokens, String text) {
        Token first = tokens.get(0);
        String name = first.text().substring(1).toLowerCase(Locale.ROOT);
        List<Token> rest = tokens.subList(1, tokens.size());
        if (condition(frame, name, rest, first.column()) || !conditions.active()) {
            return null;
        }
        if (first.text().startsWith("%$") || first.text().startsWith("%[")) {
            return expand(contexts.resolve(tokens), text, frame.call != null);
        }
        TokenReader in = new TokenReader(contexts.resolve(tokens));
        in.next();
        if (defineDirectives.handle(name, in)) {
            return null;
        }
        switch (name) {
            case "error", "fatal", "warning" -> {
                List<Token> message = new ArrayList<>(defines.expand(in.rest()));
                message.add(0, first);
                return new Line(message, location, text);
            }
            case "include" -> include(in, frame);
            case "macro", "imacro", "rmacro", "irmacro" -> beginMacro(in, name.startsWith("i"), frame);
            case "unmacro", "unimacro" -> macros.remove(Macros.header(in, name.contains("i"), location));
            case "rep" -> beginRepeat(in, frame);
            case "exitrep" -> exitRepeat(first.column());
            case "exitmacro" -> exitMacro(first.column());
            case "rotate" -> rotate(in, frame);
            case "push" -> contexts.push(in.atEnd() ? "" : in.name("the name of a context"), nextId++);
            case "pop" -> contexts.pop(in.atEnd() ? "" : in.name("the name of a context"), first.column());
            case "repl" -> contexts.rename(in.name("the name of a context"), first.column());
            case "line", "pragma", "clear" -> in.rest();
            default -> throw new SyntaxException(first.column(), "unknown preprocessor directive " + first.text());
        }
        return null;
    }

    private boolean condition(Frame frame, String name, List<Token> rest, int column) {
        if (name.startsWith("if") && ConditionTests.isTest(name.substring(2))) {
            conditions.begin(() -> tests.test(name.substring(2), contexts.resolve(rest), column));
        } else if (name.startsWith("elif") && ConditionTests.isTest(name.substring(4))) {
            List<Token> tokens = conditions.active() || frame.call == null ? rest : frame.call.substitute(rest);
            conditions.elseIf(
                    column, frame.conditions, () -> tests.test(name.substring(4), contexts.resolve(tokens), column));
        } else if (name.equals("else")) {
            conditions.otherwise(column, frame.conditions);
        } else if (name.equals("endif")) {
            conditions.end(column, frame.conditions);
        } else {
            return false;
        }
        return true;
    }

    private void include(TokenReader in, Frame frame) {
        TokenReader operand = new TokenReader(defines.expand(in.rest()));
        if (operand.peek().kind() != Kind.STRING) {
            throw operand.error("expected a file name in quotes" + operand.foundInstead());
        }
        int column = operand.column();
        String name = Numbers.text(operand.next());
        operand.expectEnd("after the file name");
        open(resolver.find(name, frame.file)
                .orElseThrow(() -> SyntaxException.fatal(column, "file '" + name + "' not found")));
    }

    private void beginMacro(TokenReader in, boolean ignoreCase, Frame frame) {
        Location here = new Location(frame.file, location.line(), "");
        Macros.Header header = Macros.header(in, ignoreCase, here);
        collector = new BodyCollector(location, "%macro", "macro", body -> macros.put(header.with(body)));
    }

    private void beginRepeat(TokenReader in, Frame frame) {
        int column = in.column();
        long count = number(defines.expand(in.rest()), column);
        if (count > MOST_REPETITIONS) {
            throw new SyntaxException(column, "%rep repeats more than " + MOST_REPETITIONS + " times");
        }
        collector = new BodyCollector(location, "%rep", "rep", body -> {
            if (count > 0) {
                frames.push(new Frame(Frame.Kind.REPEAT, frame.file, body, frame.call, count, conditions.depth()));
            }
        });
    }

    private void exitRepeat(int column) {
        leave(Frame.Kind.REPEAT, "%exitrep outside of %rep", column);
    }

    private void exitMacro(int column) {
        leave(Frame.Kind.MACRO, "%exitmacro outside of %macro", column);
    }

    private void leave(Frame.Kind kind, String complaint, int column) {
        if (frames.stream().noneMatch(f -> f.kind == kind)) {
            throw new SyntaxException(column, complaint);
        }
        Frame frame;
        do {
            frame = frames.pop();
        } while (frame.kind != kind);
        conditions.cutTo(frame.conditions);
    }

    private void rotate(TokenReader in, Frame frame) {
        if (frame.call == null) {
            throw in.error("%rotate outside of %macro");
        }
        int column = in.column();
        frame.call.rotate(number(defines.expand(in.rest()), column));
    }

    /**
     * The value of an expression that must be a known plain number.
     *
     * @param directive the column to name if there is no expression
     */
    long number(List<Token> tokens, int directive) {
        TokenReader in = new TokenReader(tokens);
        if (in.atEnd()) {
            throw new SyntaxException(directive, "expected a number");
        }
        int column = in.column();
        Expr expression = new ExpressionParser(in, labels::qualify).parse();
        in.expectEnd("after the expression");
        try {
            Value value = expression.value(scope);
            if (!value.isKnownScalar()) {
                String why = value.unknown() ? "a symbol that is not yet defined" : "an address";
                throw new SyntaxException(column, "expected a plain number, but it depends on " + why);
            }
            return value.number();
        } catch (ExpressionException e) {
            throw new SyntaxException(column, e.getMessage());
        }
    }

    private static Token integer(Token at, long number) {
        return new Token(Kind.INTEGER, String.valueOf(number), at.column(), at.spaced());
    }

    /** The text of a line that came out of a macro. */
    static String text(List<Token> tokens) {
        StringBuilder text = new StringBuilder();
        for (Token token : tokens) {
            if (token.spaced() && text.length() > 0) {
                text.append(' ');
            }
            text.append(token.kind() == Kind.SYMBOL ? "$" : "").append(token.text());
        }
        return text.toString();
    }
}

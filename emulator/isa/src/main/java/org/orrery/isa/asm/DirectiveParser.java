package org.orrery.isa.asm;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.orrery.isa.asm.Token.Kind;
import org.orrery.isa.debug.Layout;
import org.orrery.isa.debug.LayoutException;

/** Reads the directives. */
final class DirectiveParser {
    private static final Set<String> WORDS = Set.of(
            "section",
            "segment",
            "__sect__",
            "org",
            "bits",
            "use16",
            "use32",
            "cpu",
            "global",
            "static",
            "extern",
            "absolute",
            "struc",
            "endstruc",
            "istruc",
            "at",
            "iend",
            "align",
            "alignb",
            "sectalign",
            "phase",
            "layout",
            "debug",
            "default",
            "warning",
            "float");

    private final SourceResolver resolver;
    private final StatementParser statements;
    private final LabelScope labels;
    private String struc;
    private String instance;
    private TokenReader in;
    private Line line;

    DirectiveParser(SourceResolver resolver, StatementParser statements, LabelScope labels) {
        this.resolver = resolver;
        this.statements = statements;
        this.labels = labels;
    }

    static boolean begins(String word) {
        return WORDS.contains(word);
    }

    /**
     * Reads a directive.
     *
     * @param primitive whether it stands in brackets
     */
    Body parse(String word, TokenReader tokens, Line from, boolean primitive) {
        in = tokens;
        line = from;
        int column = in.column();
        switch (word) {
            case "section", "segment":
                return section(primitive);
            case "__sect__":
                return new Directive.LastSection();
            case "org":
                return new Directive.Org(expression(), column);
            case "bits":
                return bits();
            case "use16", "use32":
                return new Directive.Bits(word.equals("use16") ? 16 : 32);
            case "absolute":
                return new Directive.Absolute(expression(), column);
            case "global", "static":
                names();
                return Body.NONE;
            case "extern":
                throw new SyntaxException(column, "extern has no place in a complete program");
            case "struc", "endstruc", "istruc", "at", "iend":
                return structure(word, column);
            case "align", "alignb", "sectalign":
                return align(word, column);
            case "phase", "layout", "debug":
                return ours(word, column);
            default:
                in.rest();
                return Body.NONE;
        }
    }

    private Expr expression() {
        return new ExpressionParser(in, labels::qualify).parse();
    }

    /** The operands of {@code global}, which has no effect: all symbols go into the output. */
    private void names() {
        do {
            in.name("the name of a symbol");
            if (in.accept(":")) {
                in.name("a word after the colon");
            }
        } while (in.accept(","));
    }

    private Body bits() {
        int column = in.column();
        long bits = in.peek().kind() == Kind.INTEGER ? Numbers.integer(in.next()) : 0;
        if (bits != 16 && bits != 32) {
            throw new SyntaxException(column, "bits takes 16 or 32");
        }
        return new Directive.Bits((int) bits);
    }

    private Body section(boolean primitive) {
        String name = in.peek().kind() == Kind.STRING ? Numbers.text(in.next()) : in.name("the name of a section");
        List<Directive.Attribute> attributes = new ArrayList<>();
        while (!in.atEnd()) {
            attributes.add(attribute());
        }
        return new Directive.OpenSection(name, attributes, primitive);
    }

    private Directive.Attribute attribute() {
        int column = in.column();
        String key = in.name("an attribute of the section").toLowerCase(Locale.ROOT);
        switch (key) {
            case "align", "valign", "start", "vstart":
                in.expect("=", "after " + key);
                return new Directive.Attribute(key, expression(), null, column);
            case "follows", "vfollows":
                in.expect("=", "after " + key);
                return new Directive.Attribute(key, null, in.name("the name of a section"), column);
            default:
                return new Directive.Attribute(key, null, null, column);
        }
    }

    private Body align(String word, int column) {
        Expr boundary = expression();
        if (word.equals("sectalign")) {
            return pass -> pass.raiseAlignment(pass.powerOfTwo(boundary, column));
        }
        Body fill;
        if (in.accept(",")) {
            fill = content();
        } else if (word.equals("align")) {
            fill = pass -> pass.section().emit(0x90);
        } else {
            fill = pass -> pass.section().reserve(1);
        }
        return new Data.Align(boundary, fill, column);
    }

    /** Data or an instruction. */
    private Body content() {
        if (begins(in.word())) {
            throw in.error("expected data or an instruction" + in.foundInstead());
        }
        return statements.body(in, line);
    }

    private Body structure(String word, int column) {
        switch (word) {
            case "struc":
                struc = in.name("the name of a structure");
                labels.enter(struc);
                return new Directive.Struc(struc, in.accept(",") ? expression() : null, column);
            case "endstruc":
                String ended = required(struc, "endstruc without struc", column);
                struc = null;
                return new Directive.EndStruc(ended);
            case "istruc":
                instance = in.name("the name of a structure");
                return new Directive.Istruc();
            case "at":
                return at(required(instance, "at without istruc", column), column);
            default:
                String closed = required(instance, "iend without istruc", column);
                instance = null;
                return new Directive.At(new Expr.Symbol(closed + "_size"), Body.NONE, column);
        }
    }

    private static String required(String open, String complaint, int column) {
        if (open == null) {
            throw new SyntaxException(column, complaint);
        }
        return open;
    }

    private Body at(String structure, int column) {
        boolean local = in.peek().isName() && LabelScope.isLocal(in.peek().text());
        Expr offset = local ? new Expr.Symbol(structure + in.next().text()) : expression();
        Body then = Body.NONE;
        if (in.accept(",")) {
            then = content();
        }
        return new Directive.At(offset, then, column);
    }

    private Body ours(String word, int column) {
        switch (word) {
            case "phase":
                return new Directive.Phase(in.atEnd() ? null : text("the name of a phase"));
            case "debug":
                String key = in.name("a key");
                in.expect(",", "between key and value");
                return new Directive.Property(key, in.peek().kind() == Kind.STRING ? text("a value") : joined());
            default:
                return layout(column);
        }
    }

    private String joined() {
        if (in.atEnd()) {
            throw in.error("expected a value" + in.foundInstead());
        }
        return in.rest().stream()
                .map(t -> (t.spaced() ? " " : "") + t.text())
                .collect(Collectors.joining())
                .strip();
    }

    /** A name or a string that can stand on one line of the debug information. */
    private String text(String what) {
        int column = in.column();
        String text = in.peek().kind() == Kind.STRING ? Numbers.text(in.next()) : in.name(what);
        if (text.isBlank() || text.chars().anyMatch(c -> c < ' ')) {
            throw new SyntaxException(column, "expected " + what + " on one line");
        }
        return text;
    }

    private Body layout(int column) {
        String name = text("the name of a structure");
        String file = in.accept(",") ? text("a file name in quotes") : name + ".layout";
        SourceResolver.Source source = resolver.find(file, line.location().file())
                .orElseThrow(() -> new SyntaxException(column, "layout file '" + file + "' not found"));
        String content = new String(source.content(), StandardCharsets.UTF_8);
        try {
            for (Layout layout : Layout.read(source.name(), content)) {
                if (layout.name().equals(name)) {
                    return new Directive.UseLayout(layout);
                }
            }
        } catch (LayoutException e) {
            throw new SyntaxException(column, e.getMessage());
        }
        throw new SyntaxException(column, source.name() + " has no structure '" + name + "'");
    }
}

package org.orrery.isa.asm;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.orrery.isa.InstructionSet;
import org.orrery.isa.asm.Token.Kind;

/** Makes a statement out of a preprocessed line. */
final class StatementParser {
    private final SourceResolver resolver;
    private final LabelScope labels;
    private final DirectiveParser directives;
    private final Mnemonics mnemonics;

    StatementParser(SourceResolver resolver, LabelScope labels, InstructionSet instructions) {
        this.resolver = resolver;
        this.labels = labels;
        this.mnemonics = new Mnemonics(instructions);
        this.directives = new DirectiveParser(resolver, this, labels);
    }

    /** Whether a word begins the body of a statement, and so is not a label. */
    boolean beginsBody(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        return lower.equals("times")
                || lower.equals("equ")
                || DataParser.begins(lower)
                || DirectiveParser.begins(lower)
                || Prefixes.isPrefix(lower)
                || mnemonics.contains(lower);
    }

    /** The statement of a line; one with errors is a statement that reports them when it is assembled. */
    Statement parse(Line line) {
        TokenReader in = new TokenReader(line.tokens());
        Statement.Label label = null;
        Expr times = null;
        try {
            if (in.peek().kind() == Kind.PERCENT) {
                return new Statement(line, null, null, message(in));
            }
            if (in.peek().is("[") && !in.atEnd()) {
                return new Statement(line, null, null, bracketed(in, line));
            }
            label = label(in);
            if (in.word().equals("equ")) {
                return equ(line, label, in);
            }
            if (in.acceptWord("times")) {
                times = new ExpressionParser(in, labels::qualify).parse();
            }
            Body body = body(in, line);
            in.expectEnd("after the statement");
            if (label != null && label.bare() && body == Body.NONE) {
                body = orphan(label);
            }
            return new Statement(line, label, times, body);
        } catch (SyntaxException e) {
            return new Statement(line, label, null, new Body.Invalid(e.column, e.getMessage()));
        }
    }

    private static Body orphan(Statement.Label label) {
        return new Body.Warning(label.column(), "label '" + label.name() + "' alone on a line without a colon");
    }

    private static Body message(TokenReader in) {
        Token directive = in.next();
        String text = in.peek().kind() == Kind.STRING ? Numbers.text(in.next()) : Preprocessor.text(in.rest());
        switch (directive.text().toLowerCase(Locale.ROOT)) {
            case "%warning":
                return new Body.Warning(directive.column(), text);
            case "%error", "%fatal":
                return new Body.Invalid(directive.column(), text);
            default:
                return new Body.Invalid(directive.column(), "unexpected " + directive.text());
        }
    }

    private Body bracketed(TokenReader in, Line line) {
        in.next();
        String word = in.word();
        if (!DirectiveParser.begins(word)) {
            throw in.error("expected a directive" + in.foundInstead());
        }
        List<Token> inner =
                new ArrayList<>(line.tokens().subList(2, line.tokens().size()));
        if (inner.isEmpty() || !inner.get(inner.size() - 1).is("]")) {
            throw in.error("expected ] at the end of the directive");
        }
        inner.remove(inner.size() - 1);
        TokenReader reader = new TokenReader(inner);
        Body body = directives.parse(word, reader, line, true);
        reader.expectEnd("after the directive");
        return body;
    }

    /** The label, if there is one. */
    private Statement.Label label(TokenReader in) {
        Token first = in.peek();
        boolean symbol = first.kind() == Kind.SYMBOL;
        if (!symbol && !first.isName()) {
            return null;
        }
        boolean colon = in.peek(1).is(":");
        if (!symbol && !colon && beginsBody(first.text())) {
            return null;
        }
        in.next();
        boolean equ = in.word().equals("equ");
        if (colon) {
            in.next();
            equ = in.word().equals("equ");
        }
        if (Register.named(first.text()) != null && !symbol) {
            throw new SyntaxException(first.column(), "'" + first.text() + "' is a register, not a label");
        }
        String name = labels.qualify(first.text());
        boolean plain = colon || equ || in.atEnd() || beginsBody(in.peek().text());
        if (!plain) {
            throw new SyntaxException(first.column(), "unknown instruction '" + first.text() + "'");
        }
        if (!equ) {
            labels.enter(first.text());
        }
        return new Statement.Label(name, first.column(), !colon);
    }

    private Statement equ(Line line, Statement.Label label, TokenReader in) {
        if (label == null) {
            throw in.error("equ without a name before it");
        }
        in.next();
        Expr value = new ExpressionParser(in, labels::qualify).parse();
        in.expectEnd("after the value");
        return new Statement(line, null, null, new Body.Equ(label.name(), value));
    }

    /** Reads what stands after label and {@code times}. */
    Body body(TokenReader in, Line line) {
        if (in.atEnd()) {
            return Body.NONE;
        }
        Token first = in.peek();
        String word = in.word();
        if (DataParser.begins(word)) {
            in.next();
            return new DataParser(in, labels)
                    .parse(word, resolver, line.location().file());
        }
        if (DirectiveParser.begins(word)) {
            in.next();
            return directives.parse(word, in, line, false);
        }
        if (word.equals("times")) {
            throw in.error("times within times");
        }
        return instruction(in, first);
    }

    private Body instruction(TokenReader in, Token first) {
        Prefixes prefixes = Prefixes.NONE;
        Prefixes more = prefixes.with(in.word());
        while (more != null) {
            prefixes = more;
            in.next();
            more = in.atEnd() ? null : prefixes.with(in.word());
        }
        if (in.atEnd()) {
            return Instruction.of(prefixes, null, List.of(), first.column());
        }
        Token name = in.next();
        Mnemonics.Entry mnemonic = name.isName() ? mnemonics.find(name.text().toLowerCase(Locale.ROOT)) : null;
        if (mnemonic == null) {
            throw new SyntaxException(name.column(), "unknown instruction '" + name.text() + "'");
        }
        List<Argument> arguments = new ArrayList<>();
        OperandParser operands = new OperandParser(in, labels);
        if (!in.atEnd()) {
            do {
                arguments.add(operands.parse());
            } while (in.accept(","));
        }
        return Instruction.of(prefixes, mnemonic, arguments, name.column());
    }
}

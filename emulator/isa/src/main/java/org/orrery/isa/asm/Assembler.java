package org.orrery.isa.asm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.orrery.isa.InstructionSet;

/** Assembles sources in NASM's syntax. One can assemble many programs. */
public final class Assembler {
    private static final int MOST_PASSES = 100;
    private static final String UNSETTLED = "addresses do not settle in " + MOST_PASSES + " passes";

    private final SourceResolver resolver;
    private final InstructionSet instructions;
    private final Map<String, String> defines = new LinkedHashMap<>();
    private int bits = 16;

    /**
     * @param resolver finds all files that sources name
     */
    public Assembler(SourceResolver resolver) {
        this(resolver, InstructionSet.i486());
    }

    Assembler(SourceResolver resolver, InstructionSet instructions) {
        this.resolver = resolver;
        this.instructions = instructions;
    }

    /** Defines a single-line macro before the first line, as {@code nasm -D NAME=VALUE} does. */
    public Assembler define(String name, String value) {
        defines.put(name, value);
        return this;
    }

    /** The size of code before the first {@code bits} directive: 16, as {@code nasm -f bin}, or 32, as {@code nasm -f elf32}. */
    public Assembler bits(int size) {
        bits = size;
        return this;
    }

    /**
     * Assembles a file and all that it includes.
     *
     * @throws AssemblyException if there are errors
     */
    public Assembly assemble(String file) {
        SourceResolver.Source source = resolver.find(file, "")
                .orElseThrow(() -> new AssemblyException(List.of(
                        new Diagnostic(Diagnostic.Severity.ERROR, new Location(file, 1, ""), 1, "file not found"))));
        return new Passes(source).run();
    }

    /** The passes over one program. */
    private final class Passes {
        private final SourceResolver.Source source;
        private final Sections sections = new Sections();
        private final Symbols symbols = new Symbols();
        private List<Statement> statements;
        private boolean addressesMatter;
        private Pass pass;
        private Diagnostics diagnostics = new Diagnostics();

        Passes(SourceResolver.Source source) {
            this.source = source;
        }

        Assembly run() {
            int[] sizes = null;
            for (int number = 1; number <= MOST_PASSES; number++) {
                Diagnostics before = diagnostics;
                onePass();
                if (number > 1 && (before.hasErrors() || diagnostics.hasErrors())) {
                    diagnostics.merge(before);
                    throw diagnostics.exception();
                }
                if (!symbols.changed() && Arrays.equals(sizes, sections.sizes())) {
                    return new Assembly(sections, symbols, pass, diagnostics);
                }
                sizes = sections.sizes();
            }
            diagnostics.error(new Location(source.name(), 1, ""), 1, UNSETTLED);
            throw diagnostics.exception();
        }

        private void onePass() {
            diagnostics = new Diagnostics();
            pass = new Pass(sections, symbols, diagnostics);
            pass.bits(bits);
            if (statements == null || addressesMatter) {
                read();
            } else {
                statements.forEach(pass::assemble);
            }
            pass.finish();
        }

        /** Preprocesses and parses the source, and assembles each statement at once, since the next may depend on it. */
        private void read() {
            statements = new ArrayList<>();
            LabelScope labels = new LabelScope();
            StatementParser parser = new StatementParser(resolver, labels, instructions);
            Preprocessor preprocessor = new Preprocessor(resolver, watched(pass), labels, parser::beginsBody);
            defines.forEach((name, value) ->
                    preprocessor.defines().put(new Define(name, null, List.copyOf(Lexer.tokens(value)), false)));
            preprocessor.open(source);
            Statement statement = next(preprocessor, parser);
            while (statement != null) {
                statements.add(statement);
                pass.assemble(statement);
                statement = next(preprocessor, parser);
            }
        }

        private Statement next(Preprocessor preprocessor, StatementParser parser) {
            try {
                Line line = preprocessor.next();
                return line == null ? null : parser.parse(line);
            } catch (SyntaxException e) {
                if (e.fatal) {
                    diagnostics.error(preprocessor.location(), e.column, e.getMessage());
                    throw diagnostics.exception();
                }
                Line line = new Line(List.of(), preprocessor.location(), "");
                return new Statement(line, null, null, new Body.Invalid(e.column, e.getMessage()));
            }
        }

        /** The pass as a scope that takes note if the preprocessor asks for addresses, which differ between passes. */
        private Scope watched(Pass inner) {
            return new Scope() {
                @Override
                public Value symbol(String name) {
                    addressesMatter = true;
                    return inner.symbol(name);
                }

                @Override
                public Value here() {
                    addressesMatter = true;
                    return inner.next();
                }

                @Override
                public Value base() {
                    return inner.base();
                }
            };
        }
    }
}

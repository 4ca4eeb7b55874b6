package org.orrery.isa.asm;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.orrery.isa.InstructionSet;

/**
 * A program in source files. It is preprocessed and parsed once, unless the preprocessor asks for addresses, which differ
 * between passes.
 */
final class SourceProgram {
    private final SourceResolver.Source source;
    private final SourceResolver resolver;
    private final Map<String, String> defines;
    private final InstructionSet instructions;
    private final List<Statement> statements = new ArrayList<>();
    private boolean addressesMatter = true;

    SourceProgram(
            SourceResolver.Source source,
            SourceResolver resolver,
            Map<String, String> defines,
            InstructionSet instructions) {
        this.source = source;
        this.resolver = resolver;
        this.defines = defines;
        this.instructions = instructions;
    }

    /** For messages about the program as a whole. */
    Location location() {
        return new Location(source.name(), 1, "");
    }

    /** Has a pass assemble all statements. */
    void assemble(Pass pass, Diagnostics diagnostics) {
        if (addressesMatter) {
            read(pass, diagnostics);
        } else {
            statements.forEach(pass::assemble);
        }
    }

    /** Reads the source and assembles each statement at once, since the next line may depend on its size. */
    private void read(Pass pass, Diagnostics diagnostics) {
        statements.clear();
        addressesMatter = false;
        LabelScope labels = new LabelScope();
        StatementParser parser = new StatementParser(resolver, labels, instructions);
        Preprocessor preprocessor = new Preprocessor(resolver, watched(pass), labels, parser::beginsBody);
        defines.forEach(preprocessor::define);
        preprocessor.open(source);
        Statement statement = next(preprocessor, parser, diagnostics);
        while (statement != null) {
            statements.add(statement);
            pass.assemble(statement);
            statement = next(preprocessor, parser, diagnostics);
        }
    }

    private static Statement next(Preprocessor preprocessor, StatementParser parser, Diagnostics diagnostics) {
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

    /** The pass as a scope that takes note if it is asked for addresses. */
    private Scope watched(Pass pass) {
        return new Scope() {
            @Override
            public Value symbol(String name) {
                addressesMatter = true;
                return pass.symbol(name);
            }

            @Override
            public Value here() {
                addressesMatter = true;
                return pass.next();
            }

            @Override
            public Value base() {
                return pass.base();
            }
        };
    }
}

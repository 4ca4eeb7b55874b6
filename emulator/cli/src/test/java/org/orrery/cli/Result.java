package org.orrery.cli;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** What a command printed, and its exit status. */
record Result(int status, String out, String err) {
    static Result of(String... args) {
        ByteArrayOutputStream serial = new ByteArrayOutputStream();
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command = Main.commandLine(InputStream.nullInputStream(), serial)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
        int status = command.execute(args);
        return new Result(status, out + serial.toString(StandardCharsets.ISO_8859_1), err.toString());
    }
}

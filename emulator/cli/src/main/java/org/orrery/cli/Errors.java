package org.orrery.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.orrery.cpu.state.StateException;
import org.orrery.debugger.DebugException;
import org.orrery.isa.debug.DebugInfoException;
import org.orrery.isa.elf.ImageException;
import org.orrery.pc.boot.BootException;
import org.orrery.pc.profile.ProfileException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** How failures reach the user: one line and status 2 for what the user can put right, a stack trace for our own defects. */
final class Errors {
    private Errors() {}

    static int badArguments(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        String hint = " (see '" + command.getCommandSpec().qualifiedName() + " --help')";
        return report(command, oneLine(e) + hint);
    }

    static int failed(Exception e, CommandLine command, ParseResult parsed) {
        if (isUsers(e)) {
            int badInput = report(command, oneLine(e));
            return e instanceof UserError error ? error.status() : badInput;
        }
        command.getErr().println("orrery: a defect of Orrery, please report it:");
        e.printStackTrace(command.getErr());
        return ExitStatus.DEFECT;
    }

    private static int report(CommandLine command, String line) {
        command.getErr().println("orrery: " + line);
        return ExitStatus.BAD_INPUT;
    }

    private static boolean isUsers(Exception e) {
        return e instanceof UserError
                || e instanceof BootException
                || e instanceof ImageException
                || e instanceof ProfileException
                || e instanceof DebugException
                || e instanceof DebugInfoException
                || e instanceof StateException
                || e instanceof IOException
                || e instanceof UncheckedIOException;
    }

    private static String oneLine(Exception e) {
        Throwable cause = e instanceof UncheckedIOException ? e.getCause() : e;
        if (cause instanceof NoSuchFileException) {
            return missing(Path.of(cause.getMessage()));
        }
        if (cause instanceof AccessDeniedException) {
            return cause.getMessage() + ": permission denied";
        }
        String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        return message.lines().findFirst().orElse(message);
    }

    private static String missing(Path file) {
        Path parent = file.getParent();
        boolean lost = parent != null && !Files.isDirectory(parent);
        return file + (lost ? ": no such directory as " + parent : ": no such file");
    }
}

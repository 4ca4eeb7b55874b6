package org.orrery.servers;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.orrery.isa.asm.Assembler;
import org.orrery.isa.asm.Assembly;
import org.orrery.isa.asm.SourceResolver;
import org.orrery.kernel.KernelBuild;

/** The user programs. Each is linked at an address of its own; the ones that ship are assembled when Orrery is built. */
public final class Servers {
    private static final List<String> SHIPPED =
            List.of("sigma0", "ping", "pong", "sweep", "sweep-server", "costs", "hostile", "stress");

    private Servers() {}

    /** The server that owns all memory: an ELF file, the first module of every system. */
    public static byte[] sigma0() {
        return image("sigma0");
    }

    /** The client of the ping-pong, to be the root task; {@code n=COUNT} in its command line sets the round trips. */
    public static byte[] ping() {
        return image("ping");
    }

    /** The server of the ping-pong, to be the module after {@link #ping}. */
    public static byte[] pong() {
        return image("pong");
    }

    /** Assembles a program at the address that its source gives it. */
    public static Assembly assemble(String name) {
        return assembler().assemble(name + ".asm");
    }

    /** Assembles a program at another address, so that it can run more than once in one system. */
    public static Assembly assemble(String name, int origin) {
        return assembler().define("ORIGIN", "0x" + Integer.toHexString(origin)).assemble(name + ".asm");
    }

    /** All files that the programs are made of. */
    static SourceResolver sources() {
        return SourceResolver.resources(Servers.class).or(KernelBuild.binaryInterface());
    }

    private static Assembler assembler() {
        return new Assembler(sources());
    }

    /** A program that ships. */
    static byte[] image(String name) {
        try (InputStream in = Servers.class.getResourceAsStream(name + ".elf")) {
            if (in == null) {
                throw new IllegalStateException("this build has no " + name + ".elf");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    /** Writes the images beside the classes. The argument is the folder of the classes. */
    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0], "org", "orrery", "servers");
        Files.createDirectories(folder);
        for (String name : SHIPPED) {
            Files.write(folder.resolve(name + ".elf"), assemble(name).toElf());
        }
    }
}

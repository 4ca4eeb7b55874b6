package org.orrery.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.orrery.isa.asm.Assembler;
import org.orrery.isa.asm.Assembly;
import org.orrery.isa.asm.NasmCompatibility;
import org.orrery.isa.asm.SourceResolver;
import org.orrery.kernel.KernelBuild;

/** NASM makes the same bytes of the guest assembly. */
class NasmTest {
    @TempDir
    Path folder;

    private final Map<String, byte[]> files = new TreeMap<>();

    @BeforeAll
    static void installed() throws InterruptedException {
        boolean present;
        try {
            present = new ProcessBuilder("nasm", "-v")
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            present = false;
        }
        assumeTrue(present, "nasm is not installed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1"})
    void theKernel(String debug) throws Exception {
        Assembly ours = new Assembler(remembering(KernelBuild.sources()))
                .define("DEBUG", debug)
                .assemble("kernel.asm");
        assertThat(nasm(ours, "kernel.asm", "-DDEBUG=" + debug)).isEqualTo(ours.toFlat());
    }

    @ParameterizedTest
    @MethodSource("org.orrery.servers.Programs#names")
    void theServers(String name) throws Exception {
        String file = name + ".asm";
        Assembly ours = new Assembler(remembering(Servers.sources())).assemble(file);
        assertThat(nasm(ours, file)).isEqualTo(ours.toFlat());
    }

    private SourceResolver remembering(SourceResolver sources) {
        return (name, includer) -> {
            var found = sources.find(name, includer);
            found.ifPresent(source -> files.put(name, source.content()));
            return found;
        };
    }

    private byte[] nasm(Assembly ours, String main, String... options) throws Exception {
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Files.write(folder.resolve(file.getKey()), file.getValue());
        }
        String pre = NasmCompatibility.preInclude(ours.debugInfo().layouts());
        Files.writeString(folder.resolve("pre.inc"), pre);
        ProcessBuilder command =
                new ProcessBuilder("nasm", "-f", "bin", "-w-all", "-P", "pre.inc", "-o", "flat.bin", main);
        command.command().addAll(List.of(options));
        Process process =
                command.directory(folder.toFile()).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return Files.readAllBytes(folder.resolve("flat.bin"));
    }
}

package org.orrery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.orrery.kernel.KernelImages;

/** Whatever a command is given: one line that names it, and status 2. */
class BadInputTest {
    @TempDir
    private static Path folder;

    /** An ELF header that promises more, an empty file, and bytes that are nothing. */
    @BeforeAll
    static void files() throws IOException {
        byte[] kernel = KernelImages.kernel();
        Files.write(folder.resolve("k.elf"), kernel);
        Files.write(folder.resolve("cut.elf"), Arrays.copyOf(kernel, 300));
        Files.write(folder.resolve("empty"), new byte[0]);
        Files.write(folder.resolve("noise"), new byte[] {7, (byte) 0xFF, 0, 9});
        Files.createDirectory(folder.resolve("dir"));
    }

    private Result run(String command) {
        return Result.of(command.replace("@", folder + "/").split(" "));
    }

    @ParameterizedTest
    @CsvSource({
        "run @none, none: no such file",
        "run @dir, dir: is a directory",
        "run @empty, empty: the file is empty",
        "run @noise, noise: not a multiboot kernel",
        "run @cut.elf, cut.elf: segment 0 needs bytes",
        "run --kernel @dir, dir: is a directory",
        "run --kernel @cut.elf, cut.elf: segment 0 needs bytes",
        "run @k.elf --module @dir, dir: is a directory",
        "run @k.elf --machine @dir, dir: cannot read the profile",
        "time @none, none: no such file",
        "time @dir, dir: is a directory",
        "time @empty, empty:1:1: there is no instruction",
        "time @noise, noise:1:1: ",
        "compare @k.elf @none, none: no such file",
        "compare @dir @k.elf, dir: is a directory",
        "compare @k.elf @cut.elf, cut.elf: segment 0 needs bytes",
        "compare 486dx33 486dx50 --image @dir, dir: is a directory",
        "conform @none, none: expected a directory",
        "conform @empty, empty: expected a directory",
        "conform @dir, dir: no captures here",
        "suite -o @dir, dir: Is a directory",
        "suite -o @none/x, none/x: no such directory as",
        "kernel build -o @dir, dir: Is a directory",
        "kernel build -o @none/x, none/x: no such directory as",
        "kernel build -o @x -l @none/x, none/x: no such directory as",
        "asm @dir, dir:1:1: file not found",
        "disasm @dir, dir: is a directory",
        "disasm @cut.elf, cut.elf: segment 0 needs bytes",
        "debug @dir, dir: is a directory",
        "debug @k.elf -x @dir, dir: is a directory"
    })
    void files_are_named(String command, String part) {
        badInput(command, part);
    }

    @ParameterizedTest
    @CsvSource({
        "run @k.elf --memory 0, memory size '0'",
        "run @k.elf --max-cycles -1, --max-cycles -1",
        "run @k.elf --set x=1, no value 'x'",
        "run @k.elf --set dram.firstRead=-3, dram.firstRead",
        "run @k.elf --stats=xml, --stats",
        "run @noise --load-address -1, load address '-1'",
        "time @noise --iterations 0, --iterations 0",
        "time @noise --bits 64, --bits 64",
        "time @noise --mode sideways, --mode",
        "validate --section x, --section x",
        "validate --json=2, --json",
        "suite --machine x, machine profile 'x'",
        "conform @dir --json=2, --json",
        "paper --json=2, --json",
        "compare 486dx33 @k.elf, 486dx33 is a machine",
        "kernel build --without x, --without",
        "kernel build --timer-us 0, --timer-us",
        "kernel build --message-registers 3, --message-registers"
    })
    void options_are_named(String command, String part) {
        badInput(command, part);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "run",
                "time @noise",
                "validate",
                "suite",
                "conform @dir",
                "paper",
                "compare @k.elf @k.elf",
                "kernel build"
            })
    void options_that_do_not_exist_are_named(String command) {
        badInput(command + " --nonsense", "--nonsense");
    }

    private void badInput(String command, String part) {
        Result result = run(command);
        assertThat(result.err().lines()).as(command).singleElement().asString().contains(part);
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
    }
}

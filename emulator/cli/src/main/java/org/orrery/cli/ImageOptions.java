package org.orrery.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.orrery.isa.debug.DebugInfo;
import org.orrery.isa.elf.ElfImage;
import org.orrery.isa.elf.ImageException;
import org.orrery.pc.Machine;
import org.orrery.pc.boot.BootModule;
import org.orrery.pc.boot.BootOptions;
import org.orrery.pc.boot.ImageLoader;
import org.orrery.pc.boot.LoadAddress;
import org.orrery.pc.boot.LoadedImage;
import picocli.CommandLine.Option;

/** How an image is loaded. */
final class ImageOptions {
    @Option(
            names = "--module",
            paramLabel = "FILE[=ARGS]",
            description = "Load a file as a multiboot module, with arguments if any; may be repeated.")
    private List<String> modules = new ArrayList<>();

    @Option(names = "--append", paramLabel = "TEXT", defaultValue = "", description = "The kernel's command line.")
    private String append;

    @Option(
            names = "--load-address",
            paramLabel = "ADDRESS",
            description = "Take the image as a flat binary for this address: 0x100000 starts in 32-bit protected mode,"
                    + " 07C0:0000 in real mode.")
    private String loadAddress;

    /** Without an image there is nothing these could be for. */
    void requireNone() {
        if (!none()) {
            throw new UserError("--module, --append and --load-address need an image");
        }
    }

    /** Whether none of these options is given. */
    boolean none() {
        return modules.isEmpty() && append.isEmpty() && loadAddress == null;
    }

    LoadedImage load(Machine machine, Path image) {
        BootOptions options = BootOptions.NONE
                .withCommandLine(append)
                .withModules(modules.stream().map(ImageOptions::module).toList());
        if (loadAddress != null) {
            options = options.withLoadAddress(LoadAddress.parse(loadAddress));
        }
        return ImageLoader.load(machine, image, options);
    }

    /** What the image and its modules say about themselves; nothing where they are no ELF executables. */
    DebugInfo debugInfo(Path image) throws IOException {
        DebugInfo info = debugInfo(image.toString(), InputFile.bytes(image));
        for (String text : modules) {
            BootModule module = module(text);
            info = DebugInfo.merge(info, debugInfo(module.commandLine(), module.bytes()));
        }
        return info;
    }

    private static DebugInfo debugInfo(String name, byte[] file) {
        try {
            return ElfImage.isElf(file) ? ElfImage.read(file, name).debugInfo() : DebugInfo.EMPTY;
        } catch (ImageException e) {
            // Such a file can be run by its multiboot header, or be data for a kernel.
            return DebugInfo.EMPTY;
        }
    }

    private static BootModule module(String text) {
        return BootModule.read(text.replaceFirst("=", " "));
    }
}

package org.orrery.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

    LoadedImage load(Machine machine, Path image) {
        BootOptions options = BootOptions.NONE
                .withCommandLine(append)
                .withModules(modules.stream().map(ImageOptions::module).toList());
        if (loadAddress != null) {
            options = options.withLoadAddress(LoadAddress.parse(loadAddress));
        }
        return ImageLoader.load(machine, image, options);
    }

    private static BootModule module(String text) {
        return BootModule.read(text.replaceFirst("=", " "));
    }
}

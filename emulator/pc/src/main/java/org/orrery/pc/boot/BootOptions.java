package org.orrery.pc.boot;

import java.util.List;
import java.util.Optional;

/**
 * What the user says about booting an image.
 *
 * @param commandLine arguments for the kernel, empty for none
 * @param modules files to load beside a multiboot kernel
 * @param loadAddress makes the image a flat binary, whatever it looks like
 */
public record BootOptions(String commandLine, List<BootModule> modules, Optional<LoadAddress> loadAddress) {
    /** No arguments, no modules; what the image is follows from its contents. */
    public static final BootOptions NONE = new BootOptions("", List.of(), Optional.empty());

    public BootOptions {
        modules = List.copyOf(modules);
    }

    public BootOptions withCommandLine(String arguments) {
        return new BootOptions(arguments, modules, loadAddress);
    }

    public BootOptions withModules(List<BootModule> files) {
        return new BootOptions(commandLine, files, loadAddress);
    }

    public BootOptions withLoadAddress(LoadAddress address) {
        return new BootOptions(commandLine, modules, Optional.of(address));
    }
}

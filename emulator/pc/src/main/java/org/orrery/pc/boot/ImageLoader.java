package org.orrery.pc.boot;

import java.nio.file.Path;
import java.util.Optional;
import org.orrery.isa.elf.ElfImage;
import org.orrery.pc.Machine;

/** Finds out what an image is, and loads it. */
public final class ImageLoader {
    private static final int SETUP_MAGIC_AT = 0x202;
    private static final String SETUP_MAGIC = "HdrS";

    private ImageLoader() {}

    /**
     * Loads an image file into a machine that was just built or reset.
     *
     * @throws BootException if it cannot be booted, with one line on why
     * @throws org.orrery.isa.elf.ImageException if it is a broken ELF file
     */
    public static LoadedImage load(Machine machine, Path file, BootOptions options) {
        return load(machine, file.getFileName().toString(), BootModule.contents(file, ""), options);
    }

    /**
     * Loads an image into a machine that was just built or reset.
     *
     * @param name of the image, for messages and as the first word of the command line
     * @throws BootException if it cannot be booted, with one line on why
     * @throws org.orrery.isa.elf.ImageException if it is a broken ELF file
     */
    public static LoadedImage load(Machine machine, String name, byte[] image, BootOptions options) {
        if (image.length == 0) {
            throw new BootException(name, "the file is empty");
        }
        Firmware.handOver(machine.ports());
        if (options.loadAddress().isPresent()) {
            withoutArguments(name, options, "a flat binary");
            return FlatBinary.load(machine, name, image, options.loadAddress().get());
        }
        Optional<ElfImage> elf = ElfImage.isElf(image) ? Optional.of(ElfImage.read(image, name)) : Optional.empty();
        Optional<MultibootHeader> header = MultibootHeader.find(name, image);
        if (header.isPresent()) {
            return new MultibootLoader(machine, name, image, elf, options).load(header.get());
        }
        if (elf.isPresent()) {
            withoutArguments(name, options, "an ELF program without a multiboot header");
            int entry = ElfSegments.load(elf.get(), new Placement(name, machine.memory()));
            EntryState.flat32(machine, entry);
            return new LoadedImage(LoadedImage.Kind.ELF, entry, elf);
        }
        if (isLinux(image)) {
            throw new BootException(name, "a Linux kernel (bzImage), which this version does not boot");
        }
        if (BootSector.is(image)) {
            withoutArguments(name, options, "a boot sector");
            return BootSector.load(machine, image);
        }
        throw new BootException(
                name, "not a multiboot kernel, ELF program or boot sector; a flat binary needs a load address");
    }

    private static void withoutArguments(String name, BootOptions options, String kind) {
        if (!options.modules().isEmpty() || !options.commandLine().isEmpty()) {
            throw new BootException(name, "modules and arguments are for multiboot kernels, and this is " + kind);
        }
    }

    private static boolean isLinux(byte[] image) {
        if (image.length < SETUP_MAGIC_AT + SETUP_MAGIC.length()) {
            return false;
        }
        for (int i = 0; i < SETUP_MAGIC.length(); i++) {
            if (image[SETUP_MAGIC_AT + i] != SETUP_MAGIC.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}

package org.orrery.pc.boot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.orrery.cpu.Cpu;
import org.orrery.isa.elf.ElfImage;
import org.orrery.pc.Machine;

/** Loads a multiboot 1 kernel with its modules and tells it about the machine. */
final class MultibootLoader {
    private static final int LOADER_MAGIC = 0x2BADB002;
    private static final int PAGE = 4096;
    private static final long MEGABYTE = 1 << 20;
    /** Above the stack and the boot sector's place, below the BIOS's extended data. */
    private static final long LOWEST_INFO = 0x8000;

    private final Machine machine;
    private final String name;
    private final byte[] image;
    private final Optional<ElfImage> elf;
    private final BootOptions options;
    private final Placement placement;

    MultibootLoader(Machine machine, String name, byte[] image, Optional<ElfImage> elf, BootOptions options) {
        this.machine = machine;
        this.name = name;
        this.image = image;
        this.elf = elf;
        this.options = options;
        placement = new Placement(name, machine.memory());
    }

    LoadedImage load(MultibootHeader header) {
        int entry = loadKernel(header);
        List<MultibootInfo.PlacedModule> modules = placeModules();
        String commandLine = options.commandLine().isEmpty() ? name : name + " " + options.commandLine();
        List<String> lines =
                options.modules().stream().map(BootModule::commandLine).toList();
        int length = MultibootInfo.length(commandLine, lines);
        long info = placement.allocate("the multiboot information", length, 16, LOWEST_INFO);
        placement.put(info, MultibootInfo.build((int) info, machine.memory().size(), commandLine, modules));
        EntryState.flat32(machine, entry);
        machine.cpu().setRegister(Cpu.EAX, LOADER_MAGIC);
        machine.cpu().setRegister(Cpu.EBX, (int) info);
        return new LoadedImage(LoadedImage.Kind.MULTIBOOT, entry, elf);
    }

    private int loadKernel(MultibootHeader header) {
        if (header.hasAddresses()) {
            return loadRaw(header);
        }
        if (elf.isEmpty()) {
            throw new BootException(name, "the multiboot header has no load addresses, and the file is not ELF");
        }
        return ElfSegments.load(elf.get(), placement);
    }

    /** Loads by the addresses in the header, which come before what an ELF header says. */
    private int loadRaw(MultibootHeader h) {
        long start = h.offset() - (h.headerAddress() - h.loadAddress());
        long length = h.loadEnd() == 0 ? image.length - start : h.loadEnd() - h.loadAddress();
        if (start < 0 || start > h.offset() || length < 0) {
            throw new BootException(name, "the multiboot header's addresses contradict each other");
        }
        if (start + length > image.length) {
            throw new BootException(
                    name,
                    "truncated: the multiboot header asks for " + (start + length) + " bytes, the file has "
                            + image.length);
        }
        long end = Math.max(h.bssEnd(), h.loadAddress() + length);
        if (h.entry() < h.loadAddress() || h.entry() >= end) {
            throw new BootException(name, String.format("the entry point %Xh is outside what is loaded", h.entry()));
        }
        placement.claim("the kernel", h.loadAddress(), end - h.loadAddress());
        placement.clearRange(h.loadAddress(), end - h.loadAddress());
        placement.put(h.loadAddress(), Arrays.copyOfRange(image, (int) start, (int) (start + length)));
        return (int) h.entry();
    }

    /** Modules lie on pages of their own above the kernel. */
    private List<MultibootInfo.PlacedModule> placeModules() {
        long lowest = Math.max(MEGABYTE, placement.top());
        List<MultibootInfo.PlacedModule> placed = new ArrayList<>();
        for (BootModule m : options.modules()) {
            long pages = (m.bytes().length + PAGE - 1L) / PAGE * PAGE;
            long start = placement.allocate("module " + m.commandLine(), pages, PAGE, lowest);
            placement.put(start, m.bytes());
            placed.add(new MultibootInfo.PlacedModule(m.commandLine(), start, start + m.bytes().length));
        }
        return placed;
    }
}

package org.orrery.cli.system;

import java.util.ArrayList;
import java.util.List;
import org.orrery.isa.debug.DebugInfo;
import org.orrery.isa.elf.ElfImage;
import org.orrery.pc.Machine;
import org.orrery.pc.boot.BootModule;
import org.orrery.pc.boot.BootOptions;
import org.orrery.pc.boot.ImageLoader;
import org.orrery.servers.GuestSystem;

/** Boots systems made of a kernel and modules. */
public final class SystemLoader {
    private SystemLoader() {}

    /** Loads a system; the machine then starts with the kernel, which is called {@code name} in messages. */
    public static void load(Machine machine, String name, GuestSystem system) {
        List<BootModule> modules = system.modules().stream()
                .map(m -> new BootModule(m.commandLine(), m.image()))
                .toList();
        ImageLoader.load(machine, name, system.kernel(), BootOptions.NONE.withModules(modules));
    }

    /** What kernel and modules say about themselves. */
    public static DebugInfo debugInfo(String name, GuestSystem system) {
        List<DebugInfo> infos = new ArrayList<>();
        infos.add(ElfImage.read(system.kernel(), name).debugInfo());
        system.modules()
                .forEach(
                        m -> infos.add(ElfImage.read(m.image(), m.commandLine()).debugInfo()));
        return DebugInfo.merge(infos.toArray(DebugInfo[]::new));
    }
}

package org.orrery.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.orrery.debugger.DebugException;
import org.orrery.debugger.ipc.IpcMeasurement;
import org.orrery.debugger.ipc.IpcReport;
import org.orrery.isa.debug.DebugInfo;
import org.orrery.isa.elf.ElfImage;
import org.orrery.pc.Machine;
import org.orrery.pc.boot.BootModule;
import org.orrery.pc.boot.BootOptions;
import org.orrery.pc.boot.ImageLoader;
import org.orrery.servers.GuestSystem;

/** The system that comes with Orrery: the kernel, sigma0, and two tasks in address spaces of their own that exchange messages. */
final class PingPong {
    private static final String KERNEL = "kernel";
    /** Some more than are measured: the first do not count, nor does a message if another IPC came between. */
    private static final int ROUND_TRIPS = IpcMeasurement.Options.PAPER.messages() / 2 + 100;

    private final GuestSystem system = GuestSystem.pingPong(ROUND_TRIPS);

    void load(Machine machine) {
        List<BootModule> modules = system.modules().stream()
                .map(m -> new BootModule(m.commandLine(), m.image()))
                .toList();
        ImageLoader.load(machine, KERNEL, system.kernel(), BootOptions.NONE.withModules(modules));
    }

    /** Runs a machine that was {@link #load}ed until enough is measured; nothing if the run ends before. */
    Optional<IpcReport> measure(Machine machine, long maxCycles) {
        IpcMeasurement.Options paper = IpcMeasurement.Options.PAPER;
        IpcMeasurement.Options options = new IpcMeasurement.Options(paper.warmUp(), paper.messages(), maxCycles);
        try {
            return Optional.of(IpcMeasurement.measure(machine, debugInfo(), options));
        } catch (DebugException tooFewMessages) {
            return Optional.empty();
        }
    }

    /** What kernel and tasks say about themselves. */
    DebugInfo debugInfo() {
        List<DebugInfo> infos = new ArrayList<>();
        infos.add(ElfImage.read(system.kernel(), KERNEL).debugInfo());
        system.modules()
                .forEach(
                        m -> infos.add(ElfImage.read(m.image(), m.commandLine()).debugInfo()));
        return DebugInfo.merge(infos.toArray(DebugInfo[]::new));
    }
}

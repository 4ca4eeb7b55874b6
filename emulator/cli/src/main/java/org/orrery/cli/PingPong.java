package org.orrery.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.orrery.cli.system.SystemLoader;
import org.orrery.debugger.DebugException;
import org.orrery.debugger.ipc.IpcMeasurement;
import org.orrery.debugger.ipc.IpcReport;
import org.orrery.isa.debug.DebugInfo;
import org.orrery.isa.elf.ElfImage;
import org.orrery.pc.Machine;
import org.orrery.servers.GuestSystem;

/** The system that comes with Orrery: a kernel, sigma0, and two tasks in address spaces of their own that exchange messages. */
final class PingPong {
    private static final String SHIPPED = "kernel";
    /** What the debug information of a kernel says that these tasks can run on. */
    private static final String ABI = "l4-v2";
    /** Some more than are measured: the first do not count, nor does a message if another IPC came between. */
    private static final int ROUND_TRIPS = IpcMeasurement.Options.PAPER.messages() / 2 + 100;

    private final String kernel;
    private final GuestSystem system;

    private PingPong(String kernel, GuestSystem system) {
        this.kernel = kernel;
        this.system = system;
    }

    /** On the kernel that ships. */
    static PingPong shipped() {
        return new PingPong(SHIPPED, GuestSystem.pingPong(ROUND_TRIPS));
    }

    /** On another kernel of the same interface. */
    static PingPong on(Path kernel) {
        byte[] image = InputFile.bytes(kernel);
        if (!isKernel(kernel.toString(), image)) {
            throw new UserError(
                    kernel + ": not a kernel that says of itself abi " + ABI + " (see 'orrery kernel build')");
        }
        return new PingPong(kernel.toString(), GuestSystem.pingPong(ROUND_TRIPS).withKernel(image));
    }

    /** Whether a file is a kernel that these tasks can run on. */
    static boolean isKernel(Path file) {
        return isKernel(file.toString(), InputFile.bytes(file));
    }

    private static boolean isKernel(String name, byte[] file) {
        return ElfImage.isElf(file)
                && ABI.equals(ElfImage.read(file, name).debugInfo().properties().get("abi"));
    }

    void load(Machine machine) {
        SystemLoader.load(machine, kernel, system);
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
        return SystemLoader.debugInfo(kernel, system);
    }
}

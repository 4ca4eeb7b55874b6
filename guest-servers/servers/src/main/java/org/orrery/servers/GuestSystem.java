package org.orrery.servers;

import java.util.ArrayList;
import java.util.List;
import org.orrery.kernel.KernelBuild;
import org.orrery.kernel.KernelImages;
import org.orrery.kernel.KernelOptions;

/**
 * A kernel and the modules to boot with it.
 *
 * @param kernel a multiboot ELF file
 * @param modules in boot order, sigma0 first
 */
public record GuestSystem(byte[] kernel, List<Module> modules) {
    private static final int PUPPETS = 3;
    private static final int PUPPET_ORIGIN = 0x0024_0000;
    private static final int FAULT_ORIGIN = 0x0026_0000;
    private static final int SPACING = 0x2000;

    /**
     * A boot module.
     *
     * @param commandLine the program's name, then its arguments
     * @param image an ELF file
     */
    public record Module(String commandLine, byte[] image) {}

    /** What makes a system. */
    public GuestSystem {
        modules = List.copyOf(modules);
    }

    /** The same modules on another kernel, a multiboot ELF file. */
    public GuestSystem withKernel(byte[] other) {
        return new GuestSystem(other, modules);
    }

    /** The ping-pong between two address spaces on the kernel that ships, with this many round trips measured. */
    public static GuestSystem pingPong(int trips) {
        return new GuestSystem(KernelImages.kernel(), pingPongModules(trips));
    }

    /**
     * A client and a server in two address spaces that send messages of one size to and fro, on the kernel that ships.
     *
     * @param bytes of each message, a multiple of 4 from 8 to 4096
     * @param trips round trips measured
     * @param cold whether both empty the cache of all else before each message
     */
    public static GuestSystem sweep(int bytes, int trips, boolean cold) {
        String arguments = " b=" + bytes + (cold ? " c=1" : "");
        return new GuestSystem(
                KernelImages.kernel(),
                List.of(
                        new Module("sigma0", Servers.sigma0()),
                        new Module("sweep n=" + trips + arguments, Servers.image("sweep")),
                        new Module("sweep-server" + arguments, Servers.image("sweep-server"))));
    }

    /** A task that has page faults, interrupts and mappings to unmap, on the kernel that ships: see {@code costs.asm}. */
    public static GuestSystem costs() {
        return new GuestSystem(
                KernelImages.kernel(),
                List.of(new Module("sigma0", Servers.sigma0()), new Module("costs", Servers.image("costs"))));
    }

    /** The tests of what the kernel provides: programs that are the root task, beside some puppets. */
    public static List<String> tests() {
        return List.of(
                "ipc-test",
                "straight-test",
                "long-test",
                "cancel-test",
                "clan-test",
                "map-test",
                "task-test",
                "rival-test",
                "thread-test",
                "irq-test",
                "exception-test",
                "v86-test");
    }

    /** One of the {@link #tests()}, on a debug kernel. */
    public static GuestSystem test(String program) {
        List<Module> modules = new ArrayList<>();
        modules.add(new Module("sigma0", Servers.sigma0()));
        modules.add(assembled(program));
        for (int i = 0; i < PUPPETS; i++) {
            modules.add(assembled("puppet", "", PUPPET_ORIGIN + i * SPACING));
        }
        return new GuestSystem(DebugKernel.IMAGE, modules);
    }

    /** The ping-pong beside a thread for each forbidden thing, on a debug kernel, which says which threads it halts. */
    public static GuestSystem forbiddenDeeds(int trips) {
        List<Module> modules = pingPongModules(trips);
        for (int deed = 0; deed < deeds(); deed++) {
            modules.add(assembled("fault", " n=" + deed, FAULT_ORIGIN + deed * SPACING));
        }
        byte[] kernel =
                KernelBuild.assemble(KernelOptions.DEFAULT.withDebug(true)).toElf();
        return new GuestSystem(kernel, modules);
    }

    /** How many forbidden things the program {@code fault} knows. */
    public static int deeds() {
        return (int) Servers.assemble("fault").valueOf("DEEDS");
    }

    /** The ping-pong beside a task that makes pseudo-random system calls, on a kernel that checks itself. */
    public static GuestSystem garbage(int seed, int trips) {
        List<Module> modules = pingPongModules(trips);
        modules.add(new Module("garbage n=" + seed, Servers.assemble("garbage").toElf()));
        return new GuestSystem(kernel(KernelOptions.DEFAULT), modules);
    }

    /**
     * The tasks that make random system calls, on a kernel that checks its invariants.
     *
     * @param seed of the random numbers
     * @param calls system calls until the end of the run
     */
    public static GuestSystem hostile(int seed, int calls) {
        return new GuestSystem(
                kernel(KernelOptions.DEFAULT),
                List.of(
                        new Module("sigma0", Servers.sigma0()),
                        new Module("hostile n=" + calls + " s=" + seed, Servers.image("hostile")),
                        new Module("pong", Servers.pong())));
    }

    /**
     * A thousand threads that send each other messages, on the kernel that ships. Needs 32 MB of memory.
     *
     * @param seed of the random numbers
     * @param milliseconds of simulated time
     */
    public static GuestSystem stress(int seed, int milliseconds) {
        return new GuestSystem(
                KernelImages.kernel(),
                List.of(
                        new Module("sigma0", Servers.sigma0()),
                        new Module("stress n=" + milliseconds + " s=" + seed, Servers.image("stress"))));
    }

    private static List<Module> pingPongModules(int trips) {
        return new ArrayList<>(List.of(
                new Module("sigma0", Servers.sigma0()),
                new Module("ping n=" + trips, Servers.ping()),
                new Module("pong", Servers.pong())));
    }

    private static Module assembled(String name) {
        return new Module(name, Servers.assemble(name).toElf());
    }

    private static Module assembled(String name, String arguments, int origin) {
        return new Module(name + arguments, Servers.assemble(name, origin).toElf());
    }

    /** Assembled when it is first asked for. */
    private static final class DebugKernel {
        static final byte[] IMAGE = kernel(KernelOptions.DEFAULT.withDebug(true));
    }

    private static byte[] kernel(KernelOptions options) {
        return KernelBuild.assemble(options.withChecks(true)).toElf();
    }
}

package org.orrery.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The kernels that are assembled when Orrery is built, so that it starts without assembling. */
public final class KernelImages {
    private static final String KERNEL = "kernel.elf";

    private KernelImages() {}

    /** The kernel with {@link KernelOptions#DEFAULT}: a multiboot ELF file. */
    public static byte[] kernel() {
        try (InputStream in = KernelImages.class.getResourceAsStream(KERNEL)) {
            if (in == null) {
                throw new IllegalStateException("this build has no " + KERNEL);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(KERNEL, e);
        }
    }

    /** Writes the images beside the classes. The argument is the folder of the classes. */
    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0], "org", "orrery", "kernel");
        Files.createDirectories(folder);
        Files.write(
                folder.resolve(KERNEL),
                KernelBuild.assemble(KernelOptions.DEFAULT).toElf());
    }
}

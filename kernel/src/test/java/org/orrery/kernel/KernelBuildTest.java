package org.orrery.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.orrery.isa.asm.Assembly;

class KernelBuildTest {
    private static final int LARGEST_IMAGE = 64 * 1024;

    @Test
    void sameSourcesGiveTheSameBytes() {
        assertThat(KernelBuild.assemble(KernelOptions.DEFAULT).toElf())
                .isEqualTo(KernelBuild.assemble(KernelOptions.DEFAULT).toElf());
    }

    @Test
    void theShippedKernelIsTheOneWithDefaultOptions() {
        assertThat(KernelImages.kernel())
                .isEqualTo(KernelBuild.assemble(KernelOptions.DEFAULT).toElf());
    }

    @Test
    void theImageIsSmallAndAssemblesWithoutWarning() {
        Assembly kernel = KernelBuild.assemble(KernelOptions.DEFAULT.withDebug(true));
        assertThat(kernel.warnings()).isEmpty();
        assertThat(kernel.toFlat()).hasSizeLessThan(LARGEST_IMAGE);
    }

    @Test
    void tellsTheDebuggerItsInterfaceAndThreadControlBlocks() {
        Assembly kernel = KernelBuild.assemble(KernelOptions.DEFAULT);
        assertThat(kernel.debugInfo().properties()).containsEntry("abi", "l4-v2");
        assertThat(kernel.debugInfo().layout("tcb").orElseThrow().size()).isEqualTo(1024);
        assertThat(kernel.debugInfo().phases()).extracting(p -> p.name()).contains("access partner", "return");
    }

    @Test
    void whatEveryIpcTouchesInTheKernelIsOnOnePage() {
        Assembly kernel = KernelBuild.assemble(KernelOptions.DEFAULT);
        long page = kernel.valueOf("hot_page");
        for (String symbol : new String[] {"idt", "gdt_end", "tss", "ipc", "ipc_slow_queued"}) {
            assertThat(kernel.valueOf(symbol)).as(symbol).isBetween(page, page + 4095);
        }
    }
}

package org.orrery.kernel;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class KernelOptionsTest {
    @Test
    void refusesTicksThatTheTimerCannotMake() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KernelOptions.DEFAULT.withTickMicros(60_000))
                .withMessageContaining("100 to 50000");
        assertThatIllegalArgumentException().isThrownBy(() -> KernelOptions.DEFAULT.withTickMicros(2005));
    }

    @Test
    void refusesMoreMessageRegistersThanTheInterfaceHas() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KernelOptions.DEFAULT.withMessageRegisters(3))
                .withMessageContaining("0 to 2");
        assertThatIllegalArgumentException().isThrownBy(() -> KernelOptions.DEFAULT.withMessageRegisters(-1));
    }
}

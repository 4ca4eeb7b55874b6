package org.orrery.cli.validate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class FormulaTest {
    @Test
    void sums_and_products_of_numbers_and_names() {
        assertThat(Formula.value("12+3*16", Map.of())).isEqualTo(60);
        assertThat(Formula.value("INT+24", Map.of("INT", 71))).isEqualTo(95);
    }
}

package org.orrery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EditDistanceTest {
    @Test
    void counts_inserted_deleted_and_replaced_letters() {
        assertThat(EditDistance.between("MOV", "MOV")).isZero();
        assertThat(EditDistance.between("", "MOV")).isEqualTo(3);
        assertThat(EditDistance.between("MOVE", "MOV")).isEqualTo(1);
        assertThat(EditDistance.between("MUV", "MOVZ")).isEqualTo(2);
        assertThat(EditDistance.between("KITTEN", "SITTING")).isEqualTo(3);
    }
}

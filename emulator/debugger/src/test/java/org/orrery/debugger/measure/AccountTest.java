package org.orrery.debugger.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.orrery.cpu.Cause;
import org.orrery.debugger.measure.AddressMap.Range;

class AccountTest {
    @Test
    void sumsByRowByCauseAndInAllAgree() {
        Account account = new Account(List.of("enter", "leave"));
        account.charge(0, Cause.EXECUTE.ordinal(), 71);
        account.charge(1, Cause.EXECUTE.ordinal(), 36);
        account.charge(1, Cause.TLB_WALK.ordinal(), 18);
        account.count(1, 1);
        assertThat(account.cycles(1)).isEqualTo(54);
        assertThat(account.cycles(Cause.EXECUTE)).isEqualTo(107);
        assertThat(account.cycles(1, Cause.TLB_WALK)).isEqualTo(18);
        assertThat(account.total()).isEqualTo(125);
        assertThat(account.instructions(1)).isEqualTo(1);
    }

    @Test
    void aDifferenceHoldsOnlyWhatCameSince() {
        Account account = new Account(List.of("all"));
        account.charge(0, Cause.EXECUTE.ordinal(), 5);
        Account before = account.copy();
        account.charge(0, Cause.AGI.ordinal(), 2);
        assertThat(account.since(before).total()).isEqualTo(2);
        assertThat(before.total()).isEqualTo(5);
    }

    @Test
    void addressesFindTheirRangeUpToTheTopOfMemory() {
        AddressMap map = AddressMap.of(List.of(
                new Range(0xFFFF_F000, 0, "top"),
                new Range(0x1000, 0x1010, "low"),
                new Range(0x1010, 0x1010, "empty"),
                new Range(0x2000, 0x2010, "low"),
                new Range(0xE000_0000, 0xE000_0001, "kernel")));
        assertThat(map.names()).containsExactly("top", "low", "kernel");
        assertThat(map.row(0xFFF)).isEqualTo(AddressMap.NO_ROW);
        assertThat(map.row(0x1000)).isEqualTo(1);
        assertThat(map.row(0x100F)).isEqualTo(1);
        assertThat(map.row(0x1010)).isEqualTo(AddressMap.NO_ROW);
        assertThat(map.row(0x2008)).isEqualTo(1);
        assertThat(map.row(0xE000_0000)).isEqualTo(2);
        assertThat(map.row(0xFFFF_FFFF)).isZero();
    }
}

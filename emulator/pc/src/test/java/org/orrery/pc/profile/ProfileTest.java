package org.orrery.pc.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ProfileTest {
    @TempDir
    Path folder;

    static Iterable<String> names() {
        return Profile.names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyValueHasItsSource(String name) {
        Profile profile = Profile.byName(name);
        assertThat(profile.name()).isEqualTo(name);
        assertThat(profile.sources())
                .containsOnlyKeys(
                        "clockHz",
                        "memory",
                        "cpu",
                        "fpu",
                        "signature",
                        "cpuid",
                        "clockRatio",
                        "taggedTlb",
                        "freeSegments",
                        "cache.bytes",
                        "cache.ways",
                        "dram.firstRead",
                        "dram.nextRead",
                        "dram.write",
                        "dram.rowBytes",
                        "dram.rowMiss",
                        "external.bytes",
                        "external.firstRead",
                        "external.nextRead",
                        "external.write",
                        "uncached",
                        "isa.clockHz",
                        "isa.port",
                        "chipset.port",
                        "vga.read",
                        "vga.write");
    }

    @ParameterizedTest
    @CsvSource({
        "486dx50, 50000000, true, false, 1",
        "486dx33, 33333333, true, false, 1",
        "486dx2-66, 66666667, true, false, 2",
        "486dx2-66sl, 66666667, true, true, 2",
        "486sx25, 25000000, false, false, 1"
    })
    void theProfilesDifferWhereTheMachinesDid(String name, long hz, boolean fpu, boolean cpuid, int ratio) {
        Profile profile = Profile.byName(name);
        assertThat(profile.clockHz()).isEqualTo(hz);
        assertThat(profile.cpu().fpu()).isEqualTo(fpu);
        assertThat(profile.cpu().cpuid()).isEqualTo(cpuid);
        assertThat(profile.cpu().clockRatio()).isEqualTo(ratio);
        assertThat(profile.cpu().signature() >> 8).as("family").isEqualTo(4);
        assertThat(profile.memory()).isEqualTo(16 << 20);
    }

    @Test
    void anUnknownNameListsTheKnownOnes() {
        assertThatThrownBy(() -> Profile.byName("pentium"))
                .isInstanceOf(ProfileException.class)
                .hasMessage(
                        "no machine profile 'pentium'; there are 486dx50, 486dx33, 486dx2-66, 486dx2-66sl, 486sx25, 486dx50-212, or give a"
                                + " profile's file");
    }

    private String shipped() throws IOException {
        try (var in = Profile.class.getResourceAsStream("486dx33.json")) {
            return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        }
    }

    private Path file(String json) throws IOException {
        return Files.writeString(folder.resolve("mine.json"), json);
    }

    @Test
    void aFileOfTheUsersWorksLikeAShippedProfile() throws IOException {
        Path mine = file(shipped().replace("33333333", "40000000").replace("\"486dx33\"", "\"mine\""));
        Profile profile = Profile.byName(mine.toString());
        assertThat(profile.name()).isEqualTo("mine");
        assertThat(profile.clockHz()).isEqualTo(40_000_000);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "33333333 | \"fast\" | field 'clockHz': expected a whole number from 1000000 to 1000000000",
                "33333333 | 1.5 | field 'clockHz': expected a whole number from 1000000 to 1000000000",
                "\"0404\" | \"xyz\" | field 'signature': expected hexadecimal digits such as 0404",
                "\"fpu\": | \"cache\": | unknown field 'cache'",
                "\"16M\" | \"16T\" | memory size '16T': expected a number with K, M or G, such as 16M",
                "A DX runs at the speed of its bus. | '' | field 'clockRatio' has no source"
            })
    void aBrokenFileIsNamedWithTheField(String old, String replacement, String message) throws IOException {
        Path mine = file(shipped().replace(old, replacement));
        assertThatThrownBy(() -> Profile.byName(mine.toString()))
                .isInstanceOf(ProfileException.class)
                .hasMessage(mine + ": " + message);
    }

    @Test
    void whatIsNotJsonIsOneLine() throws IOException {
        Path mine = file("{\n \"name\": oops }");
        assertThatThrownBy(() -> Profile.byName(mine.toString()))
                .isInstanceOf(ProfileException.class)
                .hasMessageStartingWith(mine + ": line 2: not valid JSON: ")
                .hasMessageNotContaining("\n");
        Path half = file("{");
        assertThatThrownBy(() -> Profile.byName(half.toString()))
                .hasMessageStartingWith(half + ": line 1: not valid JSON: ")
                .hasMessageNotContaining("Source");
    }

    @Test
    void valuesCanBeSet() {
        Profile profile = Profile.byName("486dx33", Map.of("dram.firstRead", "9", "taggedTlb", "true", "memory", "8M"));
        assertThat(profile.cpu().memory().firstRead()).isEqualTo(9);
        assertThat(profile.cpu().taggedTlb()).isTrue();
        assertThat(profile.memory()).isEqualTo(8 << 20);
        assertThat(profile.sources()).containsEntry("dram.firstRead", "Set by the user.");
    }

    @Test
    void rangesOfMemoryCanBeKeptOutOfCaches() {
        Profile profile = Profile.byName("486dx33", Map.of("uncached", "300000-3FFFFF, d0000-d3fff"));
        assertThat(profile.uncached())
                .containsExactly(new AddressRange(0x300000, 0x3FFFFF), new AddressRange(0xD0000, 0xD3FFF));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dram.firstRead | soon | field 'dram.firstRead': expected a whole number from 1 to 1000",
                "cache.bytes | 5000 | field 'cache.bytes': expected a power of two from 1024 to 65536",
                "taggedTlb | 1 | field 'taggedTlb': expected true or false",
                "uncached | '' | field 'uncached': '': expected none, or ranges such as 300000-3FFFFF,D0000-D3FFF",
                "uncached | 300000 | field 'uncached': '300000': expected none, or ranges such as 300000-3FFFFF,D0000-D3FFF",
                "uncached | 0-FFF, | field 'uncached': '': expected none, or ranges such as 300000-3FFFFF,D0000-D3FFF",
                "uncached | 0-1000 | field 'uncached': '0-1000': expected whole pages of 4K, from ...000 to ...FFF",
                "uncached | 3000-2FFF | field 'uncached': '3000-2FFF': ends before it begins"
            })
    void aWrongSettingIsNamed(String name, String value, String message) {
        assertThatThrownBy(() -> Profile.byName("486dx33", Map.of(name, value)))
                .isInstanceOf(ProfileException.class)
                .hasMessage("486dx33.json: " + message);
    }

    @Test
    void anUnknownSettingListsTheKnownOnes() {
        assertThatThrownBy(() -> Profile.byName("486dx33", Map.of("speed", "9")))
                .isInstanceOf(ProfileException.class)
                .hasMessageStartingWith("486dx33.json: no value 'speed' to set; there are cache.bytes, cache.ways, ");
    }

    @Test
    void aMissingFileIsNamed() {
        assertThatThrownBy(() -> Profile.byName("no/such.json"))
                .isInstanceOf(ProfileException.class)
                .hasMessage("no/such.json: cannot read the profile");
    }
}

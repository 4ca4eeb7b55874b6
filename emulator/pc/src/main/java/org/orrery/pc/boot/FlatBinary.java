package org.orrery.pc.boot;

import java.util.Optional;
import org.orrery.pc.Machine;

/** Bytes that go to an address as they are and start with the first of them. */
final class FlatBinary {
    private FlatBinary() {}

    static LoadedImage load(Machine machine, String name, byte[] image, LoadAddress address) {
        Placement placement = new Placement(name, machine.memory());
        long start = address.physical() & 0xFFFF_FFFFL;
        placement.claim("the binary", start, image.length);
        placement.put(start, image);
        if (address.real()) {
            EntryState.real(machine, address.segment(), address.offset(), address.segment());
        } else {
            EntryState.flat32(machine, address.offset());
        }
        return new LoadedImage(LoadedImage.Kind.FLAT, address.physical(), Optional.empty());
    }
}

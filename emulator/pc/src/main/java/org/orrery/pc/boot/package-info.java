/** Putting a guest image into a machine without firmware: what a boot loader and a BIOS would have done by the time the guest runs. */
package org.orrery.pc.boot;

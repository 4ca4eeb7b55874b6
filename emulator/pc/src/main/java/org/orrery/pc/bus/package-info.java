/** How the parts of the board are joined: port space, interrupt lines, oscillators and the capabilities a device may have. */
package org.orrery.pc.bus;

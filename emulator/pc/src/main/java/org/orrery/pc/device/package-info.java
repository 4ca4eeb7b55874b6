/** The devices on the board, each programmed through its ports as on a real PC; none knows the CPU. */
package org.orrery.pc.device;

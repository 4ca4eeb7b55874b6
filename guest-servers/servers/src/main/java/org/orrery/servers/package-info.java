/** User programs of the microkernel: sigma0, the ping-pong, and programs that test the kernel. */
package org.orrery.servers;

/** The PC as a whole: a machine composed of CPU, memory and devices, which runs, stops, and saves its state. */
package org.orrery.pc;

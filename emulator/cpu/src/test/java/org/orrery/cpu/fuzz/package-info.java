/** Compares the CPU with Unicorn on random sequences of instructions. */
package org.orrery.cpu.fuzz;

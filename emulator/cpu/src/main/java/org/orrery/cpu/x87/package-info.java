/** The arithmetic of the x87 on 80-bit extended values, pure and exact; it knows nothing of registers, instructions or memory. */
package org.orrery.cpu.x87;

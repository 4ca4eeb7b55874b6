/** The assembler: NASM's syntax in, the bytes that NASM gives out, with the addresses of phases and layouts kept. */
package org.orrery.isa.asm;

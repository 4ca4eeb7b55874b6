/** The i486 instruction set as one table, and what is read from it: decoder, disassembler, encoder, base clocks. */
package org.orrery.isa;

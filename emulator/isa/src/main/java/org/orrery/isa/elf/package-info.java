/** ELF executables for the i386: read with suspicion, written plainly. */
package org.orrery.isa.elf;

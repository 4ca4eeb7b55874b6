/** The one door through which anything from outside enters the machine, at a cycle that is written down. */
package org.orrery.pc.input;

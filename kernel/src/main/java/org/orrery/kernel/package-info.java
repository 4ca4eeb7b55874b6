/** The microkernel: its assembly, what Java generates of it, and the images built from both. */
package org.orrery.kernel;

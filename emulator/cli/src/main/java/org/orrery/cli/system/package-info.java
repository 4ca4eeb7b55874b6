/** Puts a kernel and its boot modules into a machine. */
package org.orrery.cli.system;

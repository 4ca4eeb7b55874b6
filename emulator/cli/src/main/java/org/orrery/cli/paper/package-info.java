/** The tables of Liedtke's 1993 paper, published beside measured. */
package org.orrery.cli.paper;

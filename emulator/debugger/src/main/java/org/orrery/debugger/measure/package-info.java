/** Charges every cycle to a phase, a function and a cause by watching the machine from outside, at no cost to the guest. */
package org.orrery.debugger.measure;

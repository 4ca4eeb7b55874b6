/** The rules of the house, held by tests: who may know whom, what the machine may not touch, what the JVM must compile. */
package org.orrery.house;

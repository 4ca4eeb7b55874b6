/** How fast the host runs guests: JMH benchmarks. What guests cost in cycles is not measured here, since it is the same on every host. */
package org.orrery.benchmarks;

/** Machine profiles: the values that make one PC different from another, each with its source. */
package org.orrery.pc.profile;

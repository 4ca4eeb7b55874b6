package org.orrery.cli;

import picocli.CommandLine.IVersionProvider;

/** The version in the jar's manifest, and the JVM's, since speed is the JVM's too. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Main.class.getPackage().getImplementationVersion();
        return new String[] {
            "orrery " + (version == null ? "(unpackaged)" : version),
            System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version")
        };
    }
}

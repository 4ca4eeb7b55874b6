package org.orrery.house;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final String[] MACHINE = {"org.orrery.isa..", "org.orrery.cpu..", "org.orrery.pc.."};
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.orrery");

    @Test
    void each_room_knows_only_those_it_may() {
        check(layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage("org.orrery..")
                .withOptionalLayers(true)
                .layer("isa")
                .definedBy("org.orrery.isa..")
                .layer("cpu")
                .definedBy("org.orrery.cpu..")
                .layer("pc")
                .definedBy("org.orrery.pc..")
                .layer("debugger")
                .definedBy("org.orrery.debugger..")
                .layer("cli")
                .definedBy("org.orrery.cli..")
                .layer("kernel")
                .definedBy("org.orrery.kernel..")
                .layer("compiler")
                .definedBy("org.orrery.compiler..")
                .layer("servers")
                .definedBy("org.orrery.servers..")
                .whereLayer("isa")
                .mayNotAccessAnyLayer()
                .whereLayer("cpu")
                .mayOnlyAccessLayers("isa")
                .whereLayer("pc")
                .mayOnlyAccessLayers("isa", "cpu")
                .whereLayer("debugger")
                .mayOnlyAccessLayers("isa", "cpu", "pc")
                .whereLayer("kernel")
                .mayOnlyAccessLayers("isa")
                .whereLayer("compiler")
                .mayOnlyAccessLayers("isa")
                .whereLayer("servers")
                .mayOnlyAccessLayers("isa", "compiler", "kernel")
                .whereLayer("cli")
                .mayNotBeAccessedByAnyLayer());
    }

    @Test
    void the_machine_reads_no_host_clock() {
        check(noClasses()
                .that()
                .resideInAnyPackage(MACHINE)
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.time.Clock")
                .orShould()
                .callMethodWhere(describe("the host's time of day", call -> isNow(call.getTarget()))));
    }

    @Test
    void the_machine_draws_no_unseeded_random_numbers() {
        check(noClasses()
                .that()
                .resideInAnyPackage(MACHINE)
                .should()
                .callConstructor(Random.class)
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching("java\\.security\\.SecureRandom|java\\.util\\.UUID"
                        + "|java\\.util\\.concurrent\\.ThreadLocalRandom|java\\.util\\.SplittableRandom"));
    }

    @Test
    void the_machine_starts_no_threads() {
        check(noClasses()
                .that()
                .resideInAnyPackage(MACHINE)
                .should()
                .dependOnClassesThat()
                .areAssignableTo(Thread.class)
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching("java\\.util\\.concurrent\\.(.*Executor.*|CompletableFuture|ForkJoin.*)"
                        + "|java\\.util\\.Timer"));
    }

    @Test
    void the_machine_does_not_print() {
        check(noClasses()
                .that()
                .resideInAnyPackage(MACHINE)
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .accessField(System.class, "in"));
    }

    private static boolean isNow(AccessTarget target) {
        return target.getName().equals("now")
                && target.getOwner().getPackageName().equals("java.time");
    }

    private static void check(ArchRule rule) {
        rule.check(CLASSES);
    }
}

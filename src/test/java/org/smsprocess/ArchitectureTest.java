// SPDX-License-Identifier: Apache-2.0
package org.smsprocess;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static com.tngtech.archunit.library.plantuml.rules.PlantUmlArchCondition.Configuration.consideringOnlyDependenciesInDiagram;
import static com.tngtech.archunit.library.plantuml.rules.PlantUmlArchCondition.adhereToPlantUmlDiagram;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.net.URL;
import java.util.Objects;
import org.jspecify.annotations.NullMarked;

/** What reviewers would otherwise say about packages, names and actors. */
@AnalyzeClasses(packages = "org.smsprocess", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    private static final URL DRAWING = Objects.requireNonNull(ArchitectureTest.class.getResource("/architecture.puml"));

    @ArchTest
    static final ArchRule importsFollowTheDrawing =
            classes().should(adhereToPlantUmlDiagram(DRAWING, consideringOnlyDependenciesInDiagram()));

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("org.smsprocess.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule packagesWithinPackagesHaveNoCycles =
            slices().matching("org.smsprocess.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule everyPackageIsNullMarked =
            classes().that().haveSimpleName("package-info").should().beAnnotatedWith(NullMarked.class);

    @ArchTest
    static final ArchRule onlyTheWireSeesTheSmppLibrary = noClasses()
            .that()
            // bench compares with the bare library in the same run
            .resideOutsideOfPackages("..smpp..", "..simulator..", "..bench..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("com.cloudhopper..", "io.netty.."));

    @ArchTest
    static final ArchRule noTypeOfTheSmppLibraryLeavesTheWire = noClasses()
            .that()
            .resideInAPackage("org.smsprocess.smpp")
            .should()
            .dependOnClassesThat(resideInAnyPackage("com.cloudhopper..", "io.netty.."));

    @ArchTest
    static final ArchRule onlyTheStoreSeesThePool = noClasses()
            .that()
            .resideOutsideOfPackage("..store..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("com.zaxxer..", "org.flywaydb..", "io.zonky..", "slick.."));

    @ArchTest
    static final ArchRule onlyStatementsSeeJdbc = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "..store..", "..delivery..", "..sr..", "..mo..", "..cluster..", "..process..", "..bench..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("java.sql..", "javax.sql..", "org.postgresql.."));

    @ArchTest
    static final ArchRule anActorHasOneDoor = classes().that(Actors.AN_ACTOR).should(Actors.HAVE_PRIVATE_CONSTRUCTORS);

    @ArchTest
    static final ArchRule anActorHandlesItsWholeProtocol =
            classes().that(Actors.AN_ACTOR).should(Actors.NAME_EVERY_COMMAND);

    @ArchTest
    static final ArchRule anActorIsNoActorRefHolderOfTheClassicKind =
            noClasses().should().dependOnClassesThat().haveFullyQualifiedName("org.apache.pekko.actor.AbstractActor");

    @ArchTest
    static final ArchRule recordsHoldNoArrays =
            fields().that().areDeclaredInClassesThat().areRecords().should(Actors.NOT_BE_ARRAYS);

    @ArchTest
    static final ArchRule onlyCommandsPrint =
            noClasses().that().resideOutsideOfPackage("..cli..").should(ACCESS_STANDARD_STREAMS);

    @ArchTest
    static final ArchRule nobodySleeps = noClasses()
            .should()
            .callMethod(Thread.class, "sleep", long.class)
            .orShould()
            .callMethod(Thread.class, "sleep", java.time.Duration.class);

    @ArchTest
    static final ArchRule oneLoggingLibrary = NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;

    @ArchTest
    static final ArchRule noFieldInjection = NO_CLASSES_SHOULD_USE_FIELD_INJECTION;

    @ArchTest
    static final ArchRule namesSayWhatAThingIs =
            noClasses().should().haveNameMatching(".*(Util|Utils|Helper|Manager|Impl|Actor)");
}

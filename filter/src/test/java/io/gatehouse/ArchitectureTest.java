package io.gatehouse;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTag;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The packages depend on each other in one direction, and each on the outside in its own part. */
@AnalyzeClasses(packages = "io.gatehouse", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String API = "io.gatehouse";
  private static final String FILTER = "io.gatehouse.filter..";
  private static final String PROTOCOL = "io.gatehouse.protocol..";
  private static final String JOSE = "io.gatehouse.jose..";
  private static final String BEARER = "io.gatehouse.bearer..";
  private static final String CDI = "io.gatehouse.cdi..";
  private static final String REST = "io.gatehouse.rest..";

  @ArchTest
  static final ArchRule joseDependsOnNoOtherPackage =
      noClasses()
          .that()
          .resideInAPackage(JOSE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(FILTER, PROTOCOL, API);

  @ArchTest
  static final ArchRule protocolDependsOnJoseOnly =
      noClasses()
          .that()
          .resideInAPackage(PROTOCOL)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(FILTER, API);

  @ArchTest
  static final ArchRule whatApplicationsImportDependsOnNothingInternal =
      noClasses()
          .that()
          .resideInAPackage(API)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(FILTER, PROTOCOL, JOSE);

  @ArchTest
  static final ArchRule protocolAndJoseKnowNoServlet =
      noClasses()
          .that()
          .resideInAnyPackage(PROTOCOL, JOSE)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("jakarta.servlet..");

  @ArchTest
  static final ArchRule onlyJoseImportsJose4j =
      noClasses()
          .that()
          .resideOutsideOfPackage(JOSE)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.jose4j..");

  @ArchTest
  static final ArchRule onlyJCachesKnowsJCache =
      noClasses()
          .that()
          .haveNameNotMatching("io\\.gatehouse\\.filter\\.JCaches(\\$.*)?")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("javax.cache..");

  @ArchTest
  static final ArchRule joseNeverOpensASocket =
      noClasses()
          .that()
          .resideInAPackage(JOSE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.net..", "javax.net..", "java.nio.channels..");

  @ArchTest
  static final ArchRule onlyWhatIsLoadedWhereCdiIsTouchesCdi =
      noClasses()
          .that()
          .resideOutsideOfPackage(CDI)
          .and()
          .doNotHaveFullyQualifiedName("io.gatehouse.filter.CdiEvents")
          .and()
          .doNotHaveFullyQualifiedName("io.gatehouse.filter.CdiTelemetry")
          .and()
          .doNotHaveFullyQualifiedName("io.gatehouse.health.GatehouseReadiness")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("jakarta.enterprise..", "jakarta.inject..");

  @ArchTest
  static final ArchRule onlyWhatIsLoadedWhereOpenTelemetryIsTouchesIt =
      noClasses()
          .that()
          .haveNameNotMatching("io.gatehouse.filter.(OpenTelemetrySignals|CdiTelemetry)(\\$.*)?")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.opentelemetry..");

  @ArchTest
  static final ArchRule onlyTheReadinessCheckTouchesMicroProfileHealth =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("io.gatehouse.health.GatehouseReadiness")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.eclipse.microprofile.health..");

  @ArchTest
  static final ArchRule onlyEventsNamesTheGuardedClass =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("io.gatehouse.filter.Events")
          .and()
          .doNotHaveFullyQualifiedName("io.gatehouse.filter.CdiEvents")
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("io.gatehouse.filter.CdiEvents");

  @ArchTest
  static final ArchRule onlyThePackageForItTouchesJakartaRest =
      noClasses()
          .that()
          .resideOutsideOfPackage(REST)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("jakarta.ws.rs..");

  @ArchTest
  static final ArchRule whatApplicationsMayDoWithoutNobodyDependsOn =
      noClasses()
          .that()
          .resideOutsideOfPackages(CDI, REST)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(CDI, REST);

  @ArchTest
  static final ArchRule theClientsDependOnNothingInternalButWhatTheyShare =
      noClasses()
          .that()
          .resideInAnyPackage(CDI, REST, BEARER)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(FILTER, PROTOCOL, JOSE);

  // Threads are pooled, and virtual threads are many: who a user is goes from hand to hand only.
  @ArchTest
  @ArchTag("case-67")
  static final ArchRule nothingIsKeptByThread =
      noClasses()
          .should()
          .dependOnClassesThat()
          .areAssignableTo(ThreadLocal.class)
          .orShould()
          .dependOnClassesThat()
          .haveNameMatching("java\\.lang\\.ScopedValue.*");

  @ArchTest
  static final ArchRule aClassHasAJobAndANameThatSaysIt =
      classes()
          .should()
          .haveSimpleNameNotEndingWith("Manager")
          .andShould()
          .haveSimpleNameNotEndingWith("Helper")
          .andShould()
          .haveSimpleNameNotEndingWith("Util")
          .andShould()
          .haveSimpleNameNotEndingWith("Utils")
          .andShould()
          .haveSimpleNameNotEndingWith("Impl")
          .andShould()
          .haveSimpleNameNotEndingWith("Base")
          .andShould()
          .haveSimpleNameNotEndingWith("Service")
          .andShould()
          .haveSimpleNameNotStartingWith("Abstract");
}

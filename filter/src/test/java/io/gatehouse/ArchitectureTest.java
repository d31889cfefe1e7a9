package io.gatehouse;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTag;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.stream.Collectors;

/** The packages depend on each other in one direction, and each on the outside in its own part. */
@AnalyzeClasses(packages = "io.gatehouse", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String API = "io.gatehouse";
  private static final String FILTER = "io.gatehouse.filter..";
  private static final String INTERNAL = "io.gatehouse.internal..";
  private static final String JOSE = "io.gatehouse.internal.jose..";
  private static final String SERVER = "io.gatehouse.internal.server..";
  private static final String PROTOCOL = "io.gatehouse.internal.protocol..";
  private static final String BEARER = "io.gatehouse.bearer..";
  private static final String CDI = "io.gatehouse.cdi..";
  private static final String REST = "io.gatehouse.rest..";

  private static final int MAX_CLASSES = 30;

  /** The packages from the request filter to the keys; each depends only on those below it. */
  private static final List<String> DIRECTION =
      List.of(
          "io.gatehouse.filter",
          "io.gatehouse.internal.logout",
          "io.gatehouse.internal.login",
          "io.gatehouse.internal.cluster",
          "io.gatehouse.internal.session",
          "io.gatehouse.internal.open",
          "io.gatehouse.internal.deployment",
          "io.gatehouse.internal.config",
          "io.gatehouse.internal.web",
          "io.gatehouse.internal.observability",
          "io.gatehouse.internal.access",
          "io.gatehouse.internal.protocol",
          "io.gatehouse.internal.server",
          "io.gatehouse.internal.jose",
          "io.gatehouse.internal.message");

  @ArchTest
  static final ArchRule packagesDependOnEachOtherInOneDirection =
      classes().that().resideInAnyPackage(FILTER, INTERNAL).should(dependOnlyDownwards());

  private static ArchCondition<JavaClass> dependOnlyDownwards() {
    return new ArchCondition<>("depend only on packages below their own") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        var own = DIRECTION.indexOf(type.getPackageName());
        if (own < 0) {
          events.add(SimpleConditionEvent.violated(type, type.getName() + " has no place"));
        }
        for (var dependency : type.getDirectDependenciesFromSelf()) {
          var other = DIRECTION.indexOf(dependency.getTargetClass().getPackageName());
          if (other >= 0 && other < own) {
            events.add(SimpleConditionEvent.violated(type, dependency.getDescription()));
          }
        }
      }
    };
  }

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("io.gatehouse.(**)").should().beFreeOfCycles();

  @ArchTest
  static void noPackageHasMoreClassesThanAReaderCanTakeIn(JavaClasses all) {
    var sizes =
        all.stream()
            .filter(JavaClass::isTopLevelClass)
            .filter(it -> !it.getSimpleName().equals("package-info"))
            .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));
    assertThat(sizes).isNotEmpty();
    assertThat(sizes.entrySet()).allMatch(it -> it.getValue() <= MAX_CLASSES);
  }

  @ArchTest
  static final ArchRule whatApplicationsImportDependsOnNothingInternal =
      noClasses()
          .that()
          .resideInAPackage(API)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(FILTER, INTERNAL);

  @ArchTest
  static final ArchRule whatSpeaksWithTheServerKnowsNoServlet =
      noClasses()
          .that()
          .resideInAnyPackage(PROTOCOL, SERVER, JOSE)
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
          .haveNameNotMatching("io\\.gatehouse\\.internal\\.cluster\\.JCaches(\\$.*)?")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("javax.cache..");

  // ForeignExceptionsTest looks at the other ways to tell of an exception, and at other modules.
  @ArchTest
  @ArchTag("case-89")
  static final ArchRule onlyFaultTextReadsMessagesOfForeignExceptions =
      noClasses()
          .that()
          .haveNameNotMatching("io\\.gatehouse\\.internal\\.message\\.FaultText(\\$.*)?")
          .should()
          .callMethodWhere(
              target(nameMatching("getMessage|getLocalizedMessage|toString|printStackTrace"))
                  .and(
                      target(
                          owner(
                              assignableTo(Throwable.class)
                                  .and(resideOutsideOfPackage("io.gatehouse.."))))));

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
          .doNotHaveFullyQualifiedName("io.gatehouse.internal.session.CdiEvents")
          .and()
          .doNotHaveFullyQualifiedName("io.gatehouse.internal.observability.CdiTelemetry")
          .and()
          .doNotHaveFullyQualifiedName("io.gatehouse.health.GatehouseReadiness")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("jakarta.enterprise..", "jakarta.inject..");

  @ArchTest
  static final ArchRule onlyWhatIsLoadedWhereOpenTelemetryIsTouchesIt =
      noClasses()
          .that()
          .haveNameNotMatching(
              "io.gatehouse.internal.observability.(OpenTelemetrySignals|CdiTelemetry)(\\$.*)?")
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
          .doNotHaveFullyQualifiedName("io.gatehouse.internal.session.Events")
          .and()
          .doNotHaveFullyQualifiedName("io.gatehouse.internal.session.CdiEvents")
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("io.gatehouse.internal.session.CdiEvents");

  @ArchTest
  static final ArchRule onlyThePackageForItTouchesJakartaRest =
      noClasses()
          .that()
          .resideOutsideOfPackage(REST)
          .and()
          .doNotHaveFullyQualifiedName("io.gatehouse.internal.open.OpenEventStream")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("jakarta.ws.rs..");

  @ArchTest
  static final ArchRule onlyTheOpenSocketTouchesJakartaWebSocket =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("io.gatehouse.internal.open.OpenWebSocket")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("jakarta.websocket..");

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
          .dependOnClassesThat(
              resideInAnyPackage(FILTER, INTERNAL)
                  .and(not(name("io.gatehouse.internal.web.Answers"))));

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

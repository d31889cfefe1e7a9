package io.gatehouse.container;

import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The doubles of the other tests refuse what containers refuse. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContainerRulesTest {
  private final List<Place> places;

  ContainerRulesTest() throws Exception {
    places =
        List.of(
            new Doubles(),
            new Container(Rules.TOMCAT, TomcatServer::new),
            new Container(Rules.UNDERTOW, UndertowServer::new));
  }

  @AfterAll
  void stop() {
    places.forEach(Place::stop);
  }

  Stream<Arguments> everywhere() {
    return places.stream()
        .flatMap(
            place -> Rules.all().map(rule -> argumentSet(place.name() + ": " + rule, place, rule)));
  }

  @ParameterizedTest
  @MethodSource("everywhere")
  void isKeptOrListed(Place place, ServletRule rule) throws Exception {
    rule.check(place);
  }
}

package io.gatehouse.container;

import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Jetty keeps the rules that the doubles of the other tests keep, or is listed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JettyRulesTest {
  private final Place jetty;

  JettyRulesTest() throws Exception {
    jetty = new Container(Rules.JETTY, JettyServer::new);
  }

  @AfterAll
  void stop() {
    jetty.stop();
  }

  static Stream<ServletRule> rules() {
    return Rules.all();
  }

  @ParameterizedTest
  @MethodSource("rules")
  void jettyKeepsItOrIsListed(ServletRule rule) throws Exception {
    rule.check(jetty);
  }
}

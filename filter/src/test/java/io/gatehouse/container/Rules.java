package io.gatehouse.container;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.filter.BegunRules;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** All rules: those of the servlet API, and those of our answers. */
final class Rules {
  static final String TOMCAT = "Tomcat";
  static final String UNDERTOW = "Undertow";
  static final String JETTY = "Jetty";

  private Rules() {}

  static Stream<ServletRule> all() {
    var ofContainers =
        Stream.of(
            BodyRules.all(),
            HeaderRules.all(),
            CommitRules.all(),
            ResetRules.all(),
            RequestRules.all(),
            AsyncRules.all(),
            SessionRules.all());
    return Stream.concat(ofContainers.flatMap(List::stream), BegunRules.all());
  }

  static void assertRefused(ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(IllegalStateException.class);
  }
}

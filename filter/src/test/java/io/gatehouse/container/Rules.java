package io.gatehouse.container;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** All rules. */
final class Rules {
  static final String TOMCAT = "Tomcat";
  static final String UNDERTOW = "Undertow";
  static final String JETTY = "Jetty";

  private Rules() {}

  static Stream<ServletRule> all() {
    return Stream.of(
            BodyRules.all(),
            HeaderRules.all(),
            CommitRules.all(),
            ResetRules.all(),
            RequestRules.all(),
            AsyncRules.all(),
            SessionRules.all())
        .flatMap(List::stream);
  }

  static void assertRefused(ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(IllegalStateException.class);
  }
}

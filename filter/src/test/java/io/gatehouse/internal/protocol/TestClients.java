package io.gatehouse.internal.protocol;

import io.gatehouse.internal.server.ResponseMode;
import java.time.Clock;
import java.util.Optional;

/** Clients whose name is all that a test is about. */
public final class TestClients {
  private TestClients() {}

  public static Client named(String issuer, String clientId) {
    return named(issuer, clientId, Clock.systemUTC());
  }

  static Client named(String issuer, String clientId, Clock clock) {
    return new Client(
        issuer,
        clientId,
        "openid learcredential",
        ResponseMode.QUERY,
        TestLogin.es256(),
        TestLogin.authentication(TestLogin.es256(), Optional.empty(), clock),
        TestLogin.CLOCK_SKEW);
  }
}

package io.gatehouse.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.filter.FakeAuthorizationServer.Reply;
import io.gatehouse.internal.config.ValidConfiguration;
import io.gatehouse.internal.protocol.AdjustableClock;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The work that is slow once, before the first login. */
@Timeout(60)
class WarmUpTest {
  private final AdjustableClock clock = new AdjustableClock();
  private final FakeAuthorizationServer server;

  WarmUpTest() throws Exception {
    server = new FakeAuthorizationServer(clock);
  }

  @AfterEach
  void close() {
    server.close();
  }

  private void warmUp(ValidConfiguration configuration) throws Exception {
    var deployed = server.endpointsOf(configuration).read();
    try (var application = new Deployment(deployed, clock, "/shop")) {
      application.gatehouse().warmUp();
      while (!server.calls().contains("/jwks")) {
        TimeUnit.MILLISECONDS.sleep(1);
      }
    }
  }

  @Test
  void signsARequestObjectAndAnAssertionThatNobodyGets() throws Exception {
    try (var signatures = new CountedSignatures()) {
      warmUp(ValidConfiguration.ofVerifier());
      assertThat(signatures.count()).isGreaterThanOrEqualTo(2);
    }
    assertThat(server.calls()).containsExactly("/jwks");
  }

  @Test
  void rehearsesWithASecretToo() throws Exception {
    warmUp(ValidConfiguration.ofOidc());
    assertThat(server.calls()).containsExactly("/jwks");
  }

  @Test
  void rehearsesWhileTheServerIsDown() throws Exception {
    server.answersKeyRequests(it -> Reply.status(503, ""));
    try (var signatures = new CountedSignatures()) {
      warmUp(ValidConfiguration.ofVerifier());
      assertThat(signatures.count()).isGreaterThanOrEqualTo(2);
    }
  }
}

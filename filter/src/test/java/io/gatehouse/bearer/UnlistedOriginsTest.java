package io.gatehouse.bearer;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.internal.observability.CapturedLog;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UnlistedOriginsTest {
  private final UnlistedOrigins origins = new UnlistedOrigins();
  private final CapturedLog log = new CapturedLog();

  @AfterEach
  void stop() {
    log.close();
  }

  @Test
  void saysWhichOriginToAddAndWhere() {
    origins.note(URI.create("https://user-canary@api.example:8443/path-canary?query-canary"));
    assertThat(log.ours()).hasSize(1);
    assertThat(log.ours().get(0))
        .startsWith("WARNING")
        .contains("https://api.example:8443 ", "gatehouse.api-origins")
        .doesNotContain("canary");
  }

  @Test
  void saysItOnceForAnOrigin() {
    origins.note(URI.create("https://api.example/one"));
    origins.note(URI.create("HTTPS://API.example/two"));
    assertThat(log.ours()).hasSize(1);
    origins.note(URI.create("https://api.example:8443/one"));
    assertThat(log.ours()).hasSize(2);
  }

  @Test
  void fillsNeitherTheLogNorTheMemory() {
    for (var i = 0; i < 200; i++) {
      origins.note(URI.create("https://" + i + ".example/"));
    }
    assertThat(log.ours()).hasSize(100);
  }

  @Test
  void anAddressWithoutHostIsNotPrinted() {
    origins.note(URI.create("mailto:canary@api.example"));
    assertThat(log.ours().get(0)).contains("without scheme or host").doesNotContain("canary");
  }
}

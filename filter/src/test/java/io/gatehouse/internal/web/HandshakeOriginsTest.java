package io.gatehouse.internal.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.filter.FakeRequest;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages that may open a WebSocket (RFC 6455 section 10.2). */
@Tag("case-112")
class HandshakeOriginsTest {
  private final RequestOrigins origins =
      new RequestOrigins(
          new PublicUrl(Optional.of(URI.create("https://app.example/shop"))),
          List.of(URI.create("https://Desk.example:8443/")));

  private static FakeRequest handshake(String headers) {
    var request =
        FakeRequest.get("/ws/prices")
            .header("Connection", "Upgrade")
            .header("Upgrade", "websocket");
    return with(request, headers);
  }

  private static FakeRequest with(FakeRequest request, String headers) {
    for (var header : headers.split("; ", -1)) {
      var parts = header.split(": ", 2);
      request.header(parts[0], parts[1]);
    }
    return request;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Origin: https://app.example",
        "Origin: https://app.example; Sec-Fetch-Site: same-origin",
        "Origin: https://desk.example:8443",
        "Origin: https://desk.example:8443; Sec-Fetch-Site: cross-site",
        "Sec-Fetch-Site: same-origin",
        "Sec-Fetch-Site: none",
        "Accept: */*"
      })
  void ownPagesListedOriginsAndProgramsMay(String headers) {
    assertThat(origins.refuseHandshake(handshake(headers).http())).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Origin: https://evil.example",
        "Origin: https://app.example:8443",
        "Origin: http://app.example",
        "Origin: https://app.example.evil.example",
        "Origin: https://app.example/",
        "Origin: https://APP.example",
        "Origin: https://desk.example",
        "Origin: http://desk.example:8443",
        "Origin: null",
        "Origin: ",
        "Origin: https://app.example; Origin: https://evil.example",
        "Origin: https://app.example; Origin: https://app.example",
        "Origin: https://app.example; Sec-Fetch-Site: same-site",
        "Sec-Fetch-Site: same-site",
        "Sec-Fetch-Site: cross-site",
        "Sec-Fetch-Site: Same-Origin"
      })
  void anyOtherPageMayNot(String headers) {
    assertThat(origins.refuseHandshake(handshake(headers).http())).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"GET, WebSocket", "GET, 'h2c, websocket'", "GET, websocket/13", "CONNECT, ''"})
  void aHandshakeHasManySpellings(String method, String upgrade) {
    var request = FakeRequest.of(method, "/ws").header("Origin", "https://evil.example");
    if (!upgrade.isEmpty()) {
      request.header("Upgrade", upgrade);
    }
    assertThat(origins.refuseHandshake(request.http())).isTrue();
  }

  @Test
  void anyOtherRequestIsForOtherRules() {
    var page = FakeRequest.navigation("/shop").header("Origin", "https://evil.example");
    assertThat(origins.refuseHandshake(page.http())).isFalse();
    assertThat(origins.refuseHandshake(page.header("Upgrade", "h2c").http())).isFalse();
  }

  @Test
  void withoutAPublicUrlTheAddressOnThisMachineDecides() {
    var local = new RequestOrigins(new PublicUrl(Optional.empty()), List.of());
    var own = handshake("Host: localhost:8080; Origin: http://localhost:8080");
    assertThat(local.refuseHandshake(own.http())).isFalse();
    var other = handshake("Host: localhost:8080; Origin: http://localhost:9090");
    assertThat(local.refuseHandshake(other.http())).isTrue();
    var elsewhere = handshake("Host: app.example; Origin: http://app.example");
    assertThat(local.refuseHandshake(elsewhere.http())).isTrue();
  }
}

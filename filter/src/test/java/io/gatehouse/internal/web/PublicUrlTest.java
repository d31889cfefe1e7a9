package io.gatehouse.internal.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.filter.Deployment;
import io.gatehouse.filter.FakeRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The address at which browsers see the application. */
class PublicUrlTest {
  private final PublicUrl derived = new PublicUrl(Optional.empty());

  private static FakeRequest onLoopback(String host) {
    return FakeRequest.get("/shop/x").context("/shop").header("Host", host);
  }

  @ParameterizedTest
  @CsvSource({
    "localhost, http://localhost/shop",
    "localhost:8080, http://localhost:8080/shop",
    "127.0.0.1:8080, http://127.0.0.1:8080/shop",
    "127.1.2.3, http://127.1.2.3/shop",
    "[::1]:8080, http://[::1]:8080/shop"
  })
  void isTheRequestsAddressWhileAllIsOnLoopback(String host, String url) {
    assertThat(derived.of(onLoopback(host).http())).contains(url);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"127.0.0.1", "127.8.9.1", "::1", "0:0:0:0:0:0:0:1", "::1%lo", "0:0:0:0:0:0:0:1%0"})
  void knowsLoopbackAddressesInEverySpelling(String address) {
    assertThat(derived.of(onLoopback("localhost").from(address).to(address).http())).isPresent();
  }

  @Tag("case-16")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "app.example",
        "localhost.evil.example",
        "evil.example:80",
        "localhost@evil.example",
        "localhost:80:80",
        "localhost:",
        "localhost:80/x",
        "localhost:123456",
        "localhost:80\\@evil.example",
        "localhost, evil.example",
        "localhost evil.example",
        "localhost#",
        "LOCALHOST",
        "127.0.0.1.evil.example",
        "127.0.0.1x",
        "128.0.0.1",
        "1127.0.0.1",
        "[::2]",
        "[::1",
        "::1",
        "0.0.0.0",
        ""
      })
  void isUnknownForAHostThatIsNotLoopback(String host) {
    assertThat(derived.of(onLoopback(host).http())).isEmpty();
  }

  @Tag("case-16")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.1",
        "192.168.1.1",
        "::2",
        "fe80::1",
        "1127.0.0.1",
        "128.0.0.1",
        "127.0.0.1.example"
      })
  void isUnknownForAConnectionFromElsewhere(String address) {
    assertThat(derived.of(onLoopback("localhost").from(address).http())).isEmpty();
    assertThat(derived.of(onLoopback("localhost").to(address).http())).isEmpty();
  }

  @Test
  void isUnknownWithoutHost() {
    assertThat(derived.of(FakeRequest.get("/x").http())).isEmpty();
  }

  @Test
  void isUnknownOnHttpsWithoutConfiguration() {
    assertThat(derived.of(onLoopback("localhost").secure().http())).isEmpty();
  }

  @Tag("case-16")
  @Tag("case-92")
  @Test
  void forwardedHeadersAreNeverRead() {
    var forwarded =
        onLoopback("localhost:8080")
            .header("X-Forwarded-Host", "evil.example")
            .header("X-Forwarded-Proto", "https")
            .header("X-Forwarded-Port", "81")
            .header("X-Forwarded-Prefix", "/evil")
            .header("Forwarded", "host=evil.example;proto=https");
    assertThat(derived.of(forwarded.http())).contains("http://localhost:8080/shop");
  }

  @Tag("case-16")
  @ParameterizedTest
  @ValueSource(strings = {"localhost", "evil.example", "app.example:80:80"})
  void theConfiguredUrlWinsOverEveryHost(String host) {
    var configured = new PublicUrl(Optional.of(URI.create("https://app.example/shop")));
    assertThat(configured.of(onLoopback(host).from("10.0.0.1").http()))
        .contains("https://app.example/shop");
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://app.example", "https://app.example/", "https://app.example//"})
  void hasNoSlashAtItsEnd(String url) {
    assertThat(new PublicUrl(Optional.of(URI.create(url))).configured())
        .contains("https://app.example");
  }

  @Test
  void isSecureOnHttpsOnly() {
    assertThat(PublicUrl.isSecure("https://app.example")).isTrue();
    assertThat(PublicUrl.isSecure("http://localhost:8080")).isFalse();
  }

  @Tag("case-16")
  @Test
  void aRequestWithoutAnAddressIsNotOnThisMachine() {
    for (var missing : List.of("getRemoteAddr", "getLocalAddr")) {
      var request =
          Deployment.proxy(
              HttpServletRequest.class,
              (proxy, method, arguments) ->
                  switch (method.getName()) {
                    case "getHeader" -> "localhost";
                    case "isSecure" -> false;
                    default -> method.getName().equals(missing) ? null : "127.0.0.1";
                  });
      assertThat(derived.of(request)).isEmpty();
    }
  }
}

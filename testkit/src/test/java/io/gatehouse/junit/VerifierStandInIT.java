package io.gatehouse.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.CookieManager;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The parameters that the extension gives to tests; a whole login is in the sample's SampleIT. */
@VerifierStandIn(people = @Person(name = "alice", powers = "ProductOffering:Create"))
class VerifierStandInIT {
  private static final URI SHOP = URI.create("http://localhost:8080/shop/");

  private final Verifier verifier;
  private final HttpClient browser =
      HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

  VerifierStandInIT(Verifier verifier) {
    this.verifier = verifier;
  }

  @Test
  void givesThePropertiesOfAnApplicationOnLoopback() {
    assertThat(verifier.properties())
        .containsOnlyKeys(
            "gatehouse.provider",
            "gatehouse.issuer",
            "gatehouse.id-token.issuer",
            "gatehouse.signing-key")
        .containsEntry("gatehouse.provider", "verifier")
        .containsEntry("gatehouse.issuer", verifier.issuer().toString());
    assertThat(verifier.issuer().getHost()).isEqualTo("127.0.0.1");
  }

  @Test
  void givesTheKeyAsAFileThatOnlyItsOwnerCanRead() throws IOException {
    var file = Path.of(URI.create(verifier.properties().getOrDefault("gatehouse.signing-key", "")));

    assertThat(Files.readString(file)).contains("\"crv\":\"P-256\"", "\"d\":");
    assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
  }

  @Test
  void givesThePublicUrlOfAnApplicationThatSaysItsAddress() {
    assertThat(verifier.properties(SHOP))
        .containsEntry("gatehouse.public-url", "http://localhost:8080/shop")
        .containsAllEntriesOf(verifier.properties());
  }

  @Test
  void refusesWhatIsNoAddressOfAnApplication() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> verifier.register(URI.create("shop")))
        .withMessageContaining("http://localhost:8080/shop, not shop");
  }

  @Test
  void countsFromTheBeginningOfTheTest() throws Exception {
    assertThat(verifier.counts()).isEqualTo(Counts.NONE);

    open(URI.create(verifier.issuer() + "/.well-known/openid-configuration"));
    open(URI.create(verifier.issuer() + "/oidc/jwks"));

    assertThat(verifier.counts()).isEqualTo(new Counts(1, 1, 0, 0, 0, 0, 0, 0, 0));
  }

  @Test
  void aLogInNeedsCookies() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> verifier.logIn(HttpClient.newHttpClient(), SHOP, "alice"))
        .withMessageContaining("CookieManager");
  }

  @Test
  void aLogInSaysThatThePageLedToNone() throws Exception {
    try (var application = Pages.start(200, "")) {
      assertThatIllegalStateException()
          .isThrownBy(() -> verifier.logIn(browser, application.address(), "alice"))
          .withMessageContainingAll("led to no login", "status 200");
    }
  }

  @Test
  void aLogInSaysWhyTheVerifierRefusedIt() throws Exception {
    verifier.expectRefusal("client_id is not registered");
    try (var application =
        Pages.start(302, verifier.issuer() + "/oidc/authorize?client_id=nobody&state=hidden")) {
      assertThatIllegalStateException()
          .isThrownBy(() -> verifier.logIn(browser, application.address(), "alice"))
          .withMessageContainingAll("status 403", "/oidc/authorize")
          .withMessageNotContaining("hidden");
    }
    assertThat(verifier.refusals())
        .containsExactly("authorization request: client_id is not registered");
  }

  private void open(URI address) throws Exception {
    browser.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
  }

  @Nested
  class OfANestedClass {
    @Test
    void hasTheSameVerifier(Verifier same) {
      assertThat(same).isSameAs(verifier);
    }
  }

  /** An application of which only one answer is of interest. */
  private record Pages(HttpServer server) implements AutoCloseable {
    static Pages start(int status, String location) throws IOException {
      var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/",
          exchange -> {
            exchange.getResponseHeaders().set("Location", location);
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
          });
      server.start();
      return new Pages(server);
    }

    URI address() {
      return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }
}

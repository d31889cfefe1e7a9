package io.gatehouse.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.junit.Person;
import io.gatehouse.junit.Verifier;
import io.gatehouse.junit.VerifierStandIn;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The application as it is deployed, with people who log in; docs/testing.md shows it. */
@VerifierStandIn(
    people = {
      @Person(
          name = "alice",
          powers = {"ProductOffering:Create", "ProductOffering:Update"}),
      @Person(name = "bob", powers = "ProductOffering:Read")
    })
class SampleIT {
  private static URI application;
  private static PayaraMicro payara;

  private final HttpClient browser =
      HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

  @BeforeAll
  static void startTheApplication(Verifier verifier) throws Exception {
    var port = PayaraMicro.freePort();
    application = PayaraMicro.address(port);
    var properties = new HashMap<>(verifier.properties(application));
    properties.put("gatehouse.api-origins", verifier.issuer().resolve("/").toString());
    properties.put("sample.api-url", verifier.issuer().resolve("/api").toString());
    payara = PayaraMicro.start(port, properties);
  }

  @AfterAll
  static void stopTheApplication() {
    payara.close();
  }

  @Test
  void whoeverMayCreateOfferingsGetsThePage(Verifier verifier) {
    var page = verifier.logIn(browser, page("/offerings/new"), "alice");

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.uri()).isEqualTo(page("/offerings/new"));
    assertThat(page.body()).contains("Alice Example", "id=\"new-offering\"");
  }

  @Test
  void whoeverMayNotIsTold(Verifier verifier) throws Exception {
    var account = verifier.logIn(browser, page("/account"), "bob");
    var refused = get("/offerings/new");

    assertThat(account.body()).contains("Bob Example");
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).contains("You may not open this page");
  }

  @Test
  void oneLogInIsEnoughUntilTheLogOut(Verifier verifier) throws Exception {
    verifier.logIn(browser, page("/account"), "alice");
    assertThat(get("/account").body()).contains("Alice Example");

    assertThat(verifier.counts().authorizationRequests()).isEqualTo(1);
    assertThat(verifier.counts().requestObjects()).isEqualTo(1);
    assertThat(verifier.counts().tokenRequests()).isEqualTo(1);
    assertThat(verifier.counts().refreshes()).isZero();

    logOut();

    var loggedOut = get("/account");
    assertThat(loggedOut.statusCode()).isEqualTo(302);
    assertThat(loggedOut.headers().firstValue("Location").orElseThrow())
        .startsWith(verifier.issuer() + "/oidc/authorize");
  }

  private HttpResponse<String> get(String path) throws Exception {
    // As a browser asks for a page: whatever else asks gets 401 and problem+json, not the login.
    var request = HttpRequest.newBuilder(page(path)).header("Accept", "text/html");
    return browser.send(request.build(), BodyHandlers.ofString());
  }

  private void logOut() throws Exception {
    var request =
        HttpRequest.newBuilder(page("/gatehouse/logout"))
            .header("Sec-Fetch-Site", "same-origin")
            .POST(BodyPublishers.noBody());
    assertThat(browser.send(request.build(), BodyHandlers.ofString()).statusCode()).isEqualTo(303);
  }

  private static URI page(String path) {
    return URI.create(application + path);
  }
}

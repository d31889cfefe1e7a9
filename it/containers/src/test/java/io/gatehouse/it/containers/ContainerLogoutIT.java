package io.gatehouse.it.containers;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.it.servers.Browser;
import io.gatehouse.it.servers.ServerProcess;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Logout by the user and by the authorization server, for which a container reads the form and ends
 * the session.
 */
@OnEveryContainer
class ContainerLogoutIT {
  private static final int MAX_TRIES = 30;
  private static final String SUBJECT = "subject ";

  private final URI page = Application.BARE.page("/who");
  private final URI logout = Application.BARE.page("/gatehouse/logout");
  private final URI backchannel = Application.BARE.page("/gatehouse/backchannel-logout");
  private final Browser browser = new Browser();

  // A login within the second in which the authorization server ended all sessions of that user is
  // ended too.
  private String logIn() {
    for (int i = 0; i < MAX_TRIES; i++) {
      browser.cookies(page).clear();
      var body = browser.logIn(page, "auditor").body();
      if (body.startsWith(SUBJECT)) {
        return body.lines().findFirst().orElseThrow().substring(SUBJECT.length());
      }
      ServerProcess.pause();
    }
    throw new AssertionError("no login");
  }

  private void assertLives() {
    assertThat(browser.get(page).statusCode()).isEqualTo(200);
  }

  private void assertEnded() {
    assertThat(browser.get(page).statusCode()).isEqualTo(302);
  }

  private static JsonObjectBuilder claims(String subject) {
    return Json.createObjectBuilder().add("aud", Application.BARE.clientId()).add("sub", subject);
  }

  private static String token(JsonObjectBuilder claims) {
    return Servers.standIn().logoutToken(Json.createObjectBuilder().add("claims", claims).build());
  }

  private static String forged(String subject) {
    JsonObject wanted =
        Json.createObjectBuilder().add("claims", claims(subject)).add("unrelatedKey", true).build();
    return Servers.standIn().logoutToken(wanted);
  }

  private HttpResponse<String> tell(String body) {
    return new Browser().send("POST", backchannel, body);
  }

  @Test
  @Tag("case-72")
  void aLogOutIsAPostFromTheApplicationsOwnPage() {
    logIn();
    var byLink = browser.get(logout);
    assertThat(byLink.statusCode()).isEqualTo(405);
    assertThat(byLink.headers().firstValue("Allow")).hasValue("POST");
    assertThat(browser.send("POST", logout, "a=b").statusCode()).isEqualTo(403);
    browser.with("Sec-Fetch-Site", "cross-site");
    assertThat(browser.send("POST", logout, "a=b").statusCode()).isEqualTo(403);
    browser.without("Sec-Fetch-Site");
    assertLives();

    browser.with("Sec-Fetch-Site", "same-origin");
    assertThat(browser.send("POST", logout, "a=b").statusCode()).isEqualTo(303);
    assertEnded();
  }

  @Test
  @Tag("case-65")
  @Tag("case-74")
  void theServersWordEndsTheSessionAtItsNextRequestAndCountsOnce() {
    var subject = logIn();
    var token = token(claims(subject));

    var told = tell("logout_token=" + token);

    assertThat(told.statusCode()).isEqualTo(200);
    assertThat(told.headers().firstValue("Cache-Control").orElse("")).startsWith("no-store");
    assertEnded();
    assertThat(tell("logout_token=" + token).statusCode()).as("again").isEqualTo(400);
  }

  @Test
  @Tag("case-74")
  void whatIsNotTheServersWordEndsNothing() {
    var subject = logIn();
    var right = token(claims(subject));

    assertThat(tell("logout_token=" + forged(subject)).statusCode()).isEqualTo(400);
    assertThat(tell("logout_token=" + token(claims(subject).add("nonce", "n"))).statusCode())
        .isEqualTo(400);
    assertThat(tell("logout_token=" + right + "&logout_token=" + right).statusCode())
        .isEqualTo(400);
    assertThat(
            new Browser()
                .send("POST", URI.create(backchannel + "?logout_token=" + right), "a=b")
                .statusCode())
        .isEqualTo(400);
    assertThat(new Browser().get(URI.create(backchannel + "?logout_token=" + right)).statusCode())
        .isEqualTo(405);
    assertThat(tell("logout_token=" + "x".repeat(1 << 20)).statusCode()).isEqualTo(413);
    assertLives();
    assertThat(tell("logout_token=" + right).statusCode()).as("unused so far").isEqualTo(200);
    assertEnded();
  }

  /** Sends a body whose length is given only by its chunks. */
  @Test
  @Tag("case-74")
  @Tag("case-80")
  void aBodyInChunksIsReadUpTo128KiB() throws Exception {
    var body = ("logout_token=" + "x".repeat(200_000)).getBytes(StandardCharsets.US_ASCII);
    var request =
        HttpRequest.newBuilder(backchannel)
            .version(HttpClient.Version.HTTP_1_1)
            .timeout(Duration.ofSeconds(20))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
            .build();
    var answer = HttpClient.newHttpClient().send(request, BodyHandlers.discarding());
    assertThat(answer.statusCode()).isEqualTo(413);
  }

  @Test
  @Tag("case-75")
  void aUserWhoHasNoSessionIsNoFault() {
    logIn();
    var told = tell("logout_token=" + token(claims("did:key:zNobody")));
    assertThat(told.statusCode()).isEqualTo(200);
    assertLives();
  }

  @ParameterizedTest
  @CsvSource({"''", "?iss=https%3A%2F%2Fother.example&sid=1", "?sid=1", "?iss=a&iss=b&sid=1"})
  @Tag("case-76")
  void theFrontChannelEndsNothingWithoutTheSessionsOwnIssAndSid(String query) {
    logIn();
    var shown =
        browser.get(URI.create(Application.BARE.page("/gatehouse/frontchannel-logout") + query));

    assertThat(shown.statusCode()).isEqualTo(200);
    // Payara adds X-Frame-Options, which counts for nothing beside this (CSP 2 section 7.7.1).
    var origin = Servers.standIn().tokenIssuer();
    assertThat(shown.headers().allValues("Content-Security-Policy"))
        .containsExactly("default-src 'none'; frame-ancestors " + origin);
    assertLives();
  }
}

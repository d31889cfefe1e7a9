package io.gatehouse.internal.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.filter.FakeRequest;
import io.gatehouse.filter.FakeResponse;
import io.gatehouse.filter.FixedRandom;
import io.gatehouse.internal.observability.AuditLog;
import io.gatehouse.internal.observability.BoundedLog;
import io.gatehouse.internal.observability.CapturedLog;
import io.gatehouse.internal.observability.EventRecorder;
import io.gatehouse.internal.observability.Telemetry;
import io.gatehouse.internal.server.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Base64;
import java.util.HashSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The responses for people and for programs, and the lines in the log. */
class PageTest {
  private static final Pattern REFERENCE = Pattern.compile("<code>([a-z0-9]{10})</code>");

  private final Problems problems =
      new Problems(
          new PublicUrl(Optional.of(URI.create("https://app.example/shop"))),
          "/gatehouse/login",
          new BoundedLog(Clock.systemUTC()),
          new EventRecorder(
              new AuditLog(Optional.empty(), "https://op.example", Clock.systemUTC()),
              Telemetry.NONE,
              true,
              Clock.systemUTC()),
          new FixedRandom());
  private final Locale machine = Locale.getDefault();
  private final CapturedLog log = new CapturedLog();

  @BeforeEach
  void theMachineSpeaksAnotherLanguage() {
    Locale.setDefault(Locale.GERMANY);
  }

  @AfterEach
  void close() {
    Locale.setDefault(machine);
    log.close();
  }

  private FakeResponse sent(FakeRequest request, Problem problem, String reason)
      throws IOException {
    var response = new FakeResponse();
    problems.send(request.http(), response.http(), problem, reason);
    return response;
  }

  private FakeResponse sent(Problem problem) throws IOException {
    return sent(FakeRequest.navigation("/x"), problem, "reason");
  }

  private static Properties texts(String name) throws IOException {
    var properties = new Properties();
    try (InputStream in = Objects.requireNonNull(Page.class.getResourceAsStream(name));
        var reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
      properties.load(reader);
    }
    return properties;
  }

  @Test
  void bothLanguagesHaveTheSameTexts() throws IOException {
    var english = texts("pages.properties");
    var spanish = texts("pages_es.properties");
    assertThat(spanish.keySet()).isEqualTo(english.keySet());
    assertThat(spanish.values()).doesNotContainAnyElementsOf(english.values()).doesNotContain("");
  }

  @Test
  void everyTextIsThatOfAProblemOrUsedOtherwise() throws IOException {
    Set<Object> expected =
        new HashSet<>(
            Set.of(
                "closed.title",
                "closed.text",
                "closed.next",
                "logged-out.title",
                "logged-out.text",
                "logged-out.next",
                "action.login",
                "action.retry",
                "action.start",
                "reference"));
    for (var problem : Problem.values()) {
      for (var part : Set.of(".title", ".text", ".next")) {
        expected.add(problem.key() + part);
      }
    }
    assertThat(texts("pages.properties").keySet()).isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource
  void everyProblemIsAPageWithItsThreeTexts(Problem problem) throws IOException {
    var texts = texts("pages.properties");
    var response = sent(problem);
    assertThat(response.status()).isEqualTo(problem.status());
    for (var part : Set.of(".title", ".text", ".next")) {
      assertThat(response.body()).contains(texts.getProperty(problem.key() + part));
    }
    assertThat(response.body()).doesNotContain("%s", "null").contains("<html lang=\"en\">");
  }

  @ParameterizedTest
  @EnumSource
  void everyFailureIsAProblem(Failure failure) {
    assertThat(Problem.of(failure).status()).isBetween(400, 503);
  }

  @ParameterizedTest
  @CsvSource({
    "'', en",
    "en, en",
    "en-GB, en",
    "es, es",
    "es-ES, es",
    "'es-419,es;q=0.9,en;q=0.8', es",
    "'fr,es;q=0.5', es",
    "'fr,en;q=0.5,es;q=0.4', en",
    "'es;q=0.4,en;q=0.5', en",
    "fr, en",
    "de-DE, en",
    "*, en"
  })
  void speaksTheUsersLanguageAndNeverTheMachines(String accepted, String language)
      throws IOException {
    var request = FakeRequest.navigation("/x");
    if (!accepted.isEmpty()) {
      request.header("Accept-Language", accepted);
    }
    var texts = texts(language.equals("es") ? "pages_es.properties" : "pages.properties");
    assertThat(sent(request, Problem.DENIED, "reason").body())
        .contains("<html lang=\"" + language + "\">", texts.getProperty("denied.title"));
  }

  @Tag("case-18")
  @Test
  void nothingButItsOwnStyleMayRun() throws Exception {
    var response = sent(Problem.DENIED);
    var style = response.body().replaceAll("(?s).*<style>(.*)</style>.*", "$1");
    var hash = MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8));
    assertThat(response.header("Content-Security-Policy"))
        .isEqualTo(
            "default-src 'none'; style-src 'sha256-%s'; base-uri 'none'; form-action 'none';"
                    .formatted(Base64.getEncoder().encodeToString(hash))
                + " frame-ancestors 'none'");
    assertThat(response.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(response.header("Cache-Control")).isEqualTo("no-store");
    assertThat(response.header("Referrer-Policy")).isEqualTo("no-referrer");
    assertThat(response.header("Content-Type")).isEqualTo("text/html;charset=UTF-8");
    assertThat(response.body()).doesNotContain("<script", "style=", " on", "src=");
  }

  @Test
  void tellsHowManyBytesItHas() throws IOException {
    var request = FakeRequest.navigation("/x").header("Accept-Language", "es");
    var response = sent(request, Problem.DENIED, "reason");
    assertThat(response.header("Content-Length"))
        .isEqualTo(String.valueOf(response.body().getBytes(StandardCharsets.UTF_8).length));
  }

  @Tag("case-18")
  @ParameterizedTest
  @ValueSource(strings = {"text/html", "application/json"})
  void nothingOfTheRequestIsRepeated(String accepted) throws IOException {
    var request =
        FakeRequest.get("/canary?canary=<script>canary</script>")
            .header("Accept", accepted + ",canary/canary")
            .header("Host", "canary.example")
            .header("User-Agent", "canary")
            .header("Referer", "https://canary.example")
            .header("Accept-Language", "canary")
            .cookie("canary", "canary");
    var response = sent(request, Problem.INVALID_REQUEST, "reason");
    assertThat(response.body()).doesNotContain("canary", "reason");
    assertThat(response.headers().toString()).doesNotContain("canary");
  }

  @Tag("case-18")
  @Test
  void whatStandsInALinkIsEscaped() throws IOException {
    var response = new FakeResponse();
    new Page("denied", Optional.of("/a?x=1&y='\"><script>"), "action.login", Optional.of("<b>"))
        .send(FakeRequest.navigation("/").http(), response.http(), 403);
    assertThat(response.body())
        .contains("href=\"/a?x=1&amp;y=&#39;&quot;&gt;&lt;script&gt;\"", "&lt;b&gt;")
        .doesNotContain("<script>", "<b>");
  }

  @Test
  void theIdOnThePageIsTheOneInTheLog() throws IOException {
    var page = sent(FakeRequest.navigation("/x"), Problem.DENIED, "the reason");
    var id = REFERENCE.matcher(page.body()).results().findFirst().orElseThrow().group(1);
    assertThat(log.ours()).containsExactly("INFO [" + id + "] GH531 denied: the reason");
    var another = sent(FakeRequest.navigation("/x"), Problem.DENIED, "the reason").body();
    assertThat(another).doesNotContain(id);
  }

  @Test
  void theIdInTheJsonIsTheOneInTheLog() throws IOException {
    var body = sent(FakeRequest.get("/x"), Problem.DENIED, "the reason").body();
    var id = body.replaceAll(".*urn:gatehouse:incident:([a-z0-9]{10})\".*", "$1");
    assertThat(body)
        .isEqualTo(
            "{\"type\":\"urn:gatehouse:problem:denied\",\"title\":\"denied\",\"status\":403,"
                + "\"instance\":\"urn:gatehouse:incident:%s\"}".formatted(id));
    assertThat(log.ours()).containsExactly("INFO [" + id + "] GH531 denied: the reason");
  }

  @ParameterizedTest
  @EnumSource
  void whatOperatorsCanMendIsAWarning(Problem problem) throws IOException {
    sent(problem);
    var forOperators =
        Set.of(Problem.MISCONFIGURED, Problem.INVALID_ANSWER, Problem.UNAVAILABLE)
            .contains(problem);
    assertThat(log.ours().get(0)).startsWith(forOperators ? "WARNING " : "INFO ");
  }

  @Tag("case-89")
  @Test
  void aReasonIsOneLineOfPlainTextInTheLog() throws IOException {
    sent(
        FakeRequest.get("/x"),
        Problem.DENIED,
        "a\r\n2026 SEVERE forged\t\u0007\u001b[31m\u00e9{0}");
    assertThat(log.ours()).hasSize(1);
    assertThat(log.ours().get(0)).endsWith("denied: a??2026 SEVERE forged???[31m?{0}");
  }

  @ParameterizedTest
  @EnumSource
  void onlyWhatWillPassIsToBeTriedAgainSoon(Problem problem) throws IOException {
    assertThat(sent(problem).headers().getOrDefault("Retry-After", "none"))
        .isEqualTo(problem == Problem.UNAVAILABLE ? "5" : "none");
  }

  @Test
  void theWayOnIsANewLogin() throws IOException {
    assertThat(sent(Problem.DENIED).body())
        .containsOnlyOnce("<a ")
        .contains("<a href=\"https://app.example/shop/gatehouse/login\">Log in</a>");
    assertThat(sent(Problem.UNAVAILABLE).body()).contains(">Try again</a>");
    assertThat(sent(Problem.FORBIDDEN).body())
        .contains(
            "<a href=\"https://app.example/shop/gatehouse/login\">Continue in the application</a>");
  }
}

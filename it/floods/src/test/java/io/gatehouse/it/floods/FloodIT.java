package io.gatehouse.it.floods;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.it.servers.Answer;
import io.gatehouse.it.servers.Connection;
import io.gatehouse.it.servers.ServerProcess;
import io.gatehouse.it.servers.SigningKey;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests that strangers can send by the million: they leave nothing behind and delay no user. */
class FloodIT {
  private static final double SCALE = Double.parseDouble(System.getProperty("floods.scale", "1"));
  private static final long MILLION = Math.round(1_000_000 * SCALE);
  private static final long HUNDRED_THOUSAND = Math.round(100_000 * SCALE);
  private static final Duration LOGIN_TIMEOUT = Duration.ofSeconds(30);
  private static final int OF_ONE_LOGIN = 100;
  private static final int OF_ONE_HANDLE = 1000;

  @TempDir private static Path directory;

  private static FloodedServer server;

  private final SecureRandom random = new SecureRandom();

  @BeforeAll
  static void start() {
    server =
        FloodedServer.start(
            directory,
            Duration.ofDays(1),
            Map.of("gatehouse.login-timeout", LOGIN_TIMEOUT.toSeconds() + "s"));
    Figures.write("machines", "- **Floods** on " + FloodedServer.kind(), machine());
  }

  private static String machine() {
    return "- **Floods** on %s; %d connections, at most %d requests a second"
        .formatted(Figures.machine(), Flood.CONNECTIONS, Flood.PER_SECOND);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  @Tag("case-80")
  void aMillionAnonymousRequestsAreSentToLogIn() {
    var page = server.site().get("/who?tab=powers", "");

    var flood =
        Measured.of(
            server,
            "anonymous requests",
            MILLION,
            () ->
                connection -> {
                  var answer = connection.send(page);
                  assertThat(answer.status()).isEqualTo(302);
                  assertThat(answer.sessionCookie()).isEmpty();
                });

    flood.assertCheap();
    assertThat(flood.calls()).isZero();
  }

  @Test
  @Tag("case-43")
  @Tag("case-89")
  void callbacksWithoutACookieAreRefused() {
    var flood =
        Measured.of(
            server,
            "callbacks without a cookie",
            HUNDRED_THOUSAND,
            () ->
                connection -> {
                  var answer = connection.send(callback(token(), token(), ""));
                  assertThat(answer.status()).isEqualTo(400);
                  assertThat(answer.sessionCookie()).isEmpty();
                });

    flood.assertCheap();
    flood.assertLogIsBounded();
    assertThat(flood.calls()).isZero();
  }

  @Test
  @Tag("case-43")
  @Tag("case-89")
  void inventedCodesCostOneTokenCallForALoginThatWasBegun() {
    var begun = new LongAdder();
    var tokenCalls = server.approving().calls("/token");

    var flood =
        Measured.of(
            server,
            "invented codes, with a cookie",
            HUNDRED_THOUSAND,
            () -> new CodeGuesser(begun));

    flood.assertCheap();
    flood.assertLogIsBounded();
    assertThat(server.approving().calls("/token") - tokenCalls)
        .isPositive()
        .isLessThanOrEqualTo(begun.sum() + 1); // the session of the user who looks on
  }

  /** Tries codes on a genuine login, and on invalid states. */
  private final class CodeGuesser implements Flood.Visitor {
    private final LongAdder all;
    private Site.Begun login = new Site.Begun(URI.create(""), "");
    private int guesses;

    CodeGuesser(LongAdder all) {
      this.all = all;
    }

    @Override
    public void ask(Connection connection) {
      if (guesses % OF_ONE_LOGIN == 0) {
        login = server.site().begin(connection);
        all.increment();
      }
      guesses++;
      var state = guesses % 2 == 0 ? token() : parameter(login.authorizationRequest(), "state");
      var answer = connection.send(callback(state, token(), login.cookies()));
      if (guesses % 2 == 0) {
        assertThat(answer.status()).isEqualTo(400);
      } else { // refused by the server, and from then on spent
        assertThat(answer.status()).isIn(303, 400, 401, 403);
      }
      assertThat(answer.sessionCookie()).isEmpty();
    }
  }

  @Test
  @Tag("case-23")
  @Tag("case-80")
  @Tag("case-89")
  void aMillionWrongHandlesHaveOneAnswer() {
    Set<String> answers = ConcurrentHashMap.newKeySet();
    var expired = handle();
    assertThat(asked(expired).status()).isEqualTo(200);
    ServerProcess.pauseUntil(Instant.now().plus(LOGIN_TIMEOUT).plusSeconds(1));

    var flood =
        Measured.of(
            server,
            "wrong handles of request objects",
            MILLION,
            () -> new HandleGuesser(expired, answers));

    flood.assertCheap();
    flood.assertLogIsBounded();
    assertThat(flood.calls()).isZero();
    assertThat(answers).hasSize(1);
  }

  /** Tries handles at random, valid ones with a changed bit, and one that has expired. */
  private final class HandleGuesser implements Flood.Visitor {
    private final String expired;
    private final Set<String> answers;
    private String valid = "";
    private int guesses;

    HandleGuesser(String expired, Set<String> answers) {
      this.expired = expired;
      this.answers = answers;
    }

    @Override
    public void ask(Connection connection) {
      if (guesses % OF_ONE_HANDLE == 0) {
        valid = handle(server.site().begin(connection));
      }
      var handle =
          switch (guesses++ % 3) {
            case 0 -> random(valid.length());
            case 1 -> flipped(valid);
            default -> expired;
          };
      var answer = connection.send(requestObject(handle));
      assertThat(answer.status()).isEqualTo(404);
      answers.add(answer.likeness());
    }
  }

  @Test
  @Tag("case-81")
  @Tag("case-89")
  void unknownKidsMakeOneFetchOfTheKeysAMinute() {
    // The signature is checked only once a key is found, so it may be anything.
    var payload = SigningKey.base64(SigningKey.utf8(claims()));
    var signature = SigningKey.base64(random.generateSeed(64));
    var fetchedBefore = server.approving().keysFetched().size();

    var flood =
        Measured.of(
            server,
            "logout tokens of unknown keys",
            HUNDRED_THOUSAND,
            () ->
                connection -> {
                  var header =
                      "{\"alg\":\"ES256\",\"typ\":\"logout+jwt\",\"kid\":\"%s\"}"
                          .formatted(UUID.randomUUID());
                  var token =
                      SigningKey.base64(SigningKey.utf8(header)) + "." + payload + "." + signature;
                  assertThat(connection.send(logOut(token)).status()).isEqualTo(400);
                });

    flood.assertCheap();
    flood.assertLogIsBounded();
    var all = server.approving().keysFetched();
    var fetched = all.subList(fetchedBefore, all.size());
    assertThat(fetched).isNotEmpty();
    for (int i = 1; i < fetched.size(); i++) {
      assertThat(Duration.between(fetched.get(i - 1), fetched.get(i)))
          .isGreaterThan(Duration.ofSeconds(59));
    }
    assertThat(flood.calls()).isLessThanOrEqualTo(fetched.size());
    try (var connection = new Connection(server.site().port())) {
      var genuine = server.approving().logoutToken("somebody-else");
      assertThat(connection.send(logOut(genuine)).status()).isEqualTo(200);
    }
  }

  private static String claims() {
    return server.approving().logoutClaims("somebody").toString();
  }

  private static String logOut(String token) {
    return server.site().post("/gatehouse/backchannel-logout", "", "logout_token=" + token);
  }

  private static String callback(String state, String code, String cookies) {
    return server.site().get("/gatehouse/callback?code=" + code + "&state=" + state, cookies);
  }

  private static String requestObject(String handle) {
    return server.site().get("/gatehouse/request/" + handle, "");
  }

  private static Answer asked(String handle) {
    try (var connection = new Connection(server.site().port())) {
      return connection.send(requestObject(handle));
    }
  }

  private static String handle() {
    try (var connection = new Connection(server.site().port())) {
      return handle(server.site().begin(connection));
    }
  }

  private static String handle(Site.Begun login) {
    var requestUri = parameter(login.authorizationRequest(), "request_uri");
    return requestUri.substring(requestUri.lastIndexOf('/') + 1);
  }

  private static String parameter(URI address, String name) {
    for (var pair : address.getRawQuery().split("&", -1)) {
      if (pair.startsWith(name + "=")) {
        return URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8);
      }
    }
    throw new IllegalStateException("no " + name);
  }

  private String token() {
    return random(43);
  }

  private String random(int characters) {
    var bytes = new byte[characters];
    random.nextBytes(bytes);
    return SigningKey.base64(bytes).substring(0, characters);
  }

  /**
   * Changes one bit of one character's six; not of the last character, whose bits may not count.
   */
  private String flipped(String handle) {
    var alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    var place = random.nextInt(handle.length() - 1);
    var changed = alphabet.charAt(alphabet.indexOf(handle.charAt(place)) ^ 1 << random.nextInt(6));
    return handle.substring(0, place) + changed + handle.substring(place + 1);
  }
}

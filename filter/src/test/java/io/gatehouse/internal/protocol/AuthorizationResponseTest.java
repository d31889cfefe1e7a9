package io.gatehouse.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.internal.server.Failure;
import io.gatehouse.internal.server.LoginFailedException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorizationResponseTest {
  private final AdjustableClock clock = new AdjustableClock();
  private final LoginKeyRing ring = TestLogin.ring(clock, TestLogin.keys("material"));
  private final PendingLogin login = ring.begin();
  private final String state = "state=" + login.state().value();
  private final String iss = "iss=" + encoded(TestLogin.ISSUER);

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private Code code(String query) throws LoginFailedException {
    return AuthorizationResponse.parse(query).codeFor(login, TestLogin.metadata(false));
  }

  private Code codeOfServerThatSendsIss(String query) throws LoginFailedException {
    return AuthorizationResponse.parse(query).codeFor(login, TestLogin.metadata(true));
  }

  /** An attempt to get a code. */
  private interface Attempt {
    Code code() throws LoginFailedException;
  }

  private static void assertFails(Attempt attempt, Failure failure, String reason) {
    assertThatThrownBy(attempt::code)
        .isInstanceOfSatisfying(
            LoginFailedException.class,
            e -> {
              assertThat(e.failure()).isEqualTo(failure);
              assertThat(e.reason()).contains(reason).doesNotContain("canary");
            });
  }

  private void assertInvalid(String query, String reason) {
    assertFails(() -> code(query), Failure.INVALID_REQUEST, reason);
  }

  @Test
  void yieldsTheCode() throws LoginFailedException {
    assertThat(code("code=abc%2B%2F-._~&" + state).value()).isEqualTo("abc+/-._~");
  }

  @Test
  void ignoresParametersThatItDoesNotKnow() throws LoginFailedException {
    var query = "session_state=x&session_state=%zz&code=c&" + state + "&&novalue&x=y=z";
    assertThat(code(query).value()).isEqualTo("c");
  }

  @Test
  void yieldsTheCodeOfAServerThatSendsIss() throws LoginFailedException {
    assertThat(codeOfServerThatSendsIss("code=c&" + state + "&" + iss).value()).isEqualTo("c");
    assertThat(code("code=c&" + state + "&" + iss).value()).isEqualTo("c");
  }

  @Test
  @Tag("case-28")
  void rejectsAnAnswerWhoseStateIsMissingOrEmpty() {
    assertInvalid("code=canary", "state is not this login's (RFC 6749 10.12)");
    assertInvalid("code=canary&state=", "state is not this login's (RFC 6749 10.12)");
    assertInvalid("code=canary&state", "state is not this login's (RFC 6749 10.12)");
  }

  @Test
  @Tag("case-28")
  void rejectsAnAnswerWithTheStateOfAnotherLogin() {
    var another = ring.begin().state().value();
    assertInvalid("code=canary&state=" + another, "state is not this login's");
  }

  @Test
  @Tag("case-28")
  void rejectsAStateThatDiffersInOneCharacter() {
    var value = login.state().value();
    for (var i = 0; i < value.length(); i++) {
      var other = value.charAt(i) == 'x' ? 'y' : 'x';
      var wrong = value.substring(0, i) + other + value.substring(i + 1);
      assertInvalid("code=canary&state=" + wrong, "state is not this login's");
    }
    assertInvalid("code=canary&" + state + "A", "state is not this login's");
    assertInvalid("code=canary&state=" + value.substring(1), "state is not this login's");
  }

  @Test
  void rejectsTheNonceGivenAsState() {
    assertInvalid("code=canary&state=" + login.nonce().value(), "state is not this login's");
  }

  @ParameterizedTest
  @ValueSource(strings = {"code", "state", "iss", "error", "error_description"})
  @Tag("case-38")
  @Tag("case-34")
  void rejectsAParameterThatIsThereTwice(String name) {
    assertInvalid(name + "=canary&" + name + "=canary", name + " is there twice (RFC 6749 3.1)");
    assertInvalid(name + "=&" + name, name + " is there twice (RFC 6749 3.1)");
    var escaped = "%" + Integer.toHexString(name.charAt(0)) + name.substring(1);
    assertInvalid(name + "=a&" + escaped + "=b", name + " is there twice (RFC 6749 3.1)");
  }

  @Test
  @Tag("case-38")
  void rejectsCodeAndErrorTogether() {
    assertInvalid("code=canary&error=access_denied&" + state, "both code and error");
  }

  @Test
  void rejectsNeitherCodeNorError() {
    assertInvalid(state, "neither code nor error");
  }

  @Test
  @Tag("case-34")
  void rejectsAnAnswerWithoutIssIfTheServerAnnouncesIt() {
    var reason = "iss is missing though the server announces it (RFC 9207 2.4)";
    assertFails(
        () -> codeOfServerThatSendsIss("code=canary&" + state), Failure.INVALID_REQUEST, reason);
    assertFails(
        () -> codeOfServerThatSendsIss("code=canary&iss=&" + state),
        Failure.INVALID_REQUEST,
        reason);
    assertFails(
        () -> codeOfServerThatSendsIss("error=access_denied&" + state),
        Failure.INVALID_REQUEST,
        reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://other.example", "https://op.example/", "https://OP.example", "x"})
  @Tag("case-34")
  void rejectsTheIssOfAnotherServer(String other) {
    var query = "code=canary&" + state + "&iss=" + encoded(other);
    assertInvalid(query, "iss is not the server's (RFC 9207 2.4)");
    assertFails(
        () -> codeOfServerThatSendsIss(query),
        Failure.INVALID_REQUEST,
        "iss is not the server's (RFC 9207 2.4)");
  }

  @Test
  @Tag("case-40")
  void acceptsACodeOf4KiBAndRejectsALongerOrNone() throws LoginFailedException {
    assertThat(code("code=" + "c".repeat(4096) + "&" + state).value()).hasSize(4096);
    assertInvalid("code=" + "c".repeat(4097) + "&" + state, "code is too long");
    assertInvalid("code=&" + state, "neither code nor error");
  }

  @ParameterizedTest
  @ValueSource(strings = {"%00", "%0a", "%0D", "%20", "+", "%7f", "%c3%a9", "%ff", "%e2%80%ae"})
  @Tag("case-40")
  void rejectsACodeWithCharactersThatNoCodeHas(String character) {
    assertInvalid("code=canary" + character + "&" + state, "characters that no code has");
  }

  @ParameterizedTest
  @ValueSource(strings = {"id_token", "access_token", "token_type", "access%5Ftoken"})
  @Tag("case-40")
  void rejectsATokenInTheQuery(String name) {
    assertInvalid("code=c&" + state + "&" + name + "=canary", "(RFC 9700 2.1.2)");
    assertInvalid("code=c&" + state + "&" + name, "(RFC 9700 2.1.2)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"code=%", "code=%4", "code=%zz", "%zz=1", "state=%-1"})
  void rejectsAQueryThatIsNotPercentEncoded(String query) {
    assertInvalid(query, "the query is not percent-encoded (RFC 3986 2.1)");
  }

  @Test
  void rejectsAQueryOfMoreThan16KiB() throws LoginFailedException {
    var query = "code=c&" + state + "&x=";
    var most = query + "x".repeat(16 * 1024 - query.length());
    assertThat(code(most).value()).isEqualTo("c");
    assertInvalid(most + "x", "the query has more than 16384 characters");
  }

  @ParameterizedTest
  @CsvSource({
    "access_denied, DENIED",
    "login_required, LOGIN_REQUIRED",
    "interaction_required, LOGIN_REQUIRED",
    "account_selection_required, LOGIN_REQUIRED",
    "consent_required, LOGIN_REQUIRED",
    "temporarily_unavailable, UNAVAILABLE",
    "server_error, UNAVAILABLE",
    "invalid_request, MISCONFIGURED",
    "unauthorized_client, MISCONFIGURED",
    "unsupported_response_type, MISCONFIGURED",
    "invalid_scope, MISCONFIGURED",
    "invalid_request_uri, MISCONFIGURED",
    "invalid_request_object, MISCONFIGURED",
    "request_not_supported, MISCONFIGURED",
    "request_uri_not_supported, MISCONFIGURED",
    "something_new, DENIED"
  })
  @Tag("case-39")
  void reportsTheServersErrorAsTheFailureThatItMeans(String error, Failure failure) {
    assertFails(() -> code("error=" + error + "&" + state), failure, "the server answers " + error);
  }

  @ParameterizedTest
  @CsvSource({
    "temporarily_unavailable, authentication_expired, EXPIRED",
    "temporarily_unavailable, authentication_expired2, UNAVAILABLE",
    "access_denied, authentication_expired, DENIED"
  })
  void aLoginThatExpiredAtTheServerSaysNothingOfTheServer(
      String error, String description, Failure failure) {
    assertFails(
        () -> code("error=" + error + "&error_description=" + description + "&" + state),
        failure,
        "the server answers " + error + " (" + description + ")");
  }

  @Test
  @Tag("case-28")
  void believesNoErrorWithoutThisLoginsState() {
    assertInvalid("error=access_denied&state=canary", "state is not this login's");
  }

  @Test
  @Tag("case-39")
  @Tag("case-89")
  void cutsAndCleansTheDescription() {
    var description = encoded("a\r\nb\u0000\u001b[31m\u202e" + "x".repeat(500));
    assertThatThrownBy(
            () -> code("error=access_denied&error_description=" + description + "&" + state))
        .hasMessage("the server answers access_denied (a??b??[31m?" + "x".repeat(189) + ")");
  }

  @ParameterizedTest
  @ValueSource(strings = {"%0d%0acanary", "canary%22", "canary%5C", "canary%c3%a9"})
  @Tag("case-89")
  void doesNotRepeatAnErrorThatIsNone(String error) {
    assertFails(() -> code("error=" + error + "&" + state), Failure.DENIED, "(unreadable)");
    assertFails(
        () -> code("error=" + "canary".repeat(20) + "&" + state), Failure.DENIED, "(unreadable)");
  }

  @Test
  @Tag("case-38")
  void anErrorWithoutStateIsNobodysLogin() throws LoginFailedException {
    assertThat(AuthorizationResponse.parse("error=access_denied").isErrorOfNoLogin()).isTrue();
    assertThat(AuthorizationResponse.parse("error=access_denied&state=").isErrorOfNoLogin())
        .isTrue();
    assertThat(AuthorizationResponse.parse("error=access_denied&" + state).isErrorOfNoLogin())
        .isFalse();
    assertThat(AuthorizationResponse.parse("code=c").isErrorOfNoLogin()).isFalse();
  }

  @Test
  void leadsToTheCookieOfItsLogin() throws LoginFailedException {
    assertThat(AuthorizationResponse.parse(state).cookieSuffix()).hasValue(login.cookieSuffix());
    assertThat(AuthorizationResponse.parse("state=other").cookieSuffix().orElseThrow())
        .isNotEqualTo(login.cookieSuffix())
        .matches("[A-Za-z0-9_-]{10}");
    assertThat(AuthorizationResponse.parse("code=c").cookieSuffix()).isEmpty();
    assertThat(AuthorizationResponse.parse("").cookieSuffix()).isEmpty();
  }

  @Test
  void anyQueryGivesAnAnswerOrTheOneException() {
    var random = new Random(6749);
    var alphabet = "code=state&iss%+\u0000\u00e9\ud83d;#";
    for (var i = 0; i < 5_000; i++) {
      var query = new StringBuilder();
      for (var j = 0; j < 12; j++) {
        query.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      try {
        assertThat(AuthorizationResponse.parse(query.toString())).isNotNull();
      } catch (LoginFailedException expected) {
        assertThat(expected.failure()).isEqualTo(Failure.INVALID_REQUEST);
      }
    }
  }
}

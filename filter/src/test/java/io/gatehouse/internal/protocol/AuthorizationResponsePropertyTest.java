package io.gatehouse.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.internal.jose.Mutations;
import io.gatehouse.internal.server.LoginFailedException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;

/**
 * Callbacks: the code of this login and this authorization server, or a refusal that repeats
 * nothing.
 */
class AuthorizationResponsePropertyTest {
  private static final PendingLogin LOGIN = TestLogin.begin(new AdjustableClock());
  private static final String STATE = LOGIN.state().value();
  private static final String CODE = "canary-code";
  private static final String VALID =
      "code=" + CODE + "&state=" + STATE + "&iss=" + encoded(TestLogin.ISSUER);

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Provide
  Arbitrary<String> texts() {
    return Mutations.anyText();
  }

  @Provide
  Arbitrary<String> changed() {
    return Mutations.of(VALID);
  }

  @Provide
  Arbitrary<String> changedState() {
    return Mutations.of(STATE);
  }

  @Provide
  Arbitrary<String> changedIssuer() {
    return Mutations.of(TestLogin.ISSUER);
  }

  @Provide
  Arbitrary<String> codes() {
    return Arbitraries.strings().withCharRange(' ', '~').ofMinLength(1).ofMaxLength(4096);
  }

  private static Optional<String> code(String query) {
    try {
      var response = AuthorizationResponse.parse(query);
      assertThat(response.toString()).doesNotContain("canary", STATE);
      response.cookieSuffix().ifPresent(it -> assertThat(it).matches("[A-Za-z0-9_-]{10}"));
      return Optional.of(response.codeFor(LOGIN, TestLogin.metadata(true)).value());
    } catch (LoginFailedException refusal) {
      assertThat(refusal.reason())
          .doesNotContain(CODE, STATE)
          .matches("[\\x20-\\x7E]*")
          .hasSizeLessThan(400);
      return Optional.empty();
    }
  }

  @Property
  @Tag("case-28")
  @Tag("case-40")
  void whateverQueryIsNoAnswer(@ForAll("texts") String query) {
    assertThat(code(query)).isEmpty();
  }

  @Property(tries = 1000)
  @Tag("case-28")
  @Tag("case-34")
  @Tag("case-38")
  void anAnswerThatWasChangedGivesAtMostItsOwnCode(@ForAll("changed") String changed) {
    assertThat(code(VALID)).hasValue(CODE);
    // state and iss are as they were, or nothing comes of it: the code is the server's to check.
    if (code(changed).isPresent()) {
      assertThat(changed).contains("state=" + STATE).contains("iss=");
    }
  }

  @Property
  @Tag("case-28")
  void noOtherStateIsThisLogins(@ForAll("changedState") String state) {
    assertThat(code("code=x&state=" + encoded(state) + "&iss=" + encoded(TestLogin.ISSUER)))
        .isEmpty();
  }

  @Property
  @Tag("case-34")
  void noOtherIssuerIsTheServer(@ForAll("changedIssuer") String issuer) {
    assertThat(code("code=x&state=" + STATE + "&iss=" + encoded(issuer))).isEmpty();
  }

  @Property
  void everyCodeComesBackAsItWas(@ForAll("codes") String code) {
    assertThat(
            code("state=" + STATE + "&iss=" + encoded(TestLogin.ISSUER) + "&code=" + encoded(code)))
        .hasValue(code);
  }

  @Property
  @Tag("case-39")
  void whateverTheServerSaysIsBoundedAndPrintable(
      @ForAll("texts") String error, @ForAll("texts") String description) {
    var query = "error=" + encoded("x" + error) + "&error_description=" + encoded(description);
    assertThat(code(query)).isEmpty();
    assertThat(code(query + "&state=" + STATE + "&iss=" + encoded(TestLogin.ISSUER))).isEmpty();
  }
}

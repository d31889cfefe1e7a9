package io.gatehouse.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.internal.config.ValidConfiguration;
import io.gatehouse.internal.jose.Mutations;
import io.gatehouse.internal.login.LoginCookies;
import io.gatehouse.internal.login.WantedPage;
import io.gatehouse.internal.protocol.AdjustableClock;
import io.gatehouse.internal.protocol.LoginKeyRing;
import io.gatehouse.internal.protocol.LoginKeys;
import io.gatehouse.internal.protocol.PendingLogin;
import io.gatehouse.internal.protocol.RequestedAuthentication;
import io.gatehouse.internal.protocol.TestClients;
import io.gatehouse.internal.server.Parameters;
import jakarta.servlet.http.Cookie;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;

/** Cookies and parameters, whatever a browser sends. */
class BrowserInputPropertyTest {
  private static final String URL = "https://app.example/shop";
  private static final LoginKeyRing RING = ring();
  private static final LoginCookies COOKIES = new LoginCookies(RING, "client", "/gatehouse");
  private static final PendingLogin LOGIN = RING.begin();
  private static final Cookie VALID = cookies(LOGIN, "/orders").get(0);

  private static LoginKeyRing ring() {
    var random = new FixedRandom();
    var keys =
        new LoginKeys(
            new byte[] {1, 2, 3},
            TestClients.named(ValidConfiguration.ISSUER, "client"),
            URL,
            random);
    return new LoginKeyRing(
        List.of(keys),
        random,
        new AdjustableClock(),
        Duration.ofMinutes(5),
        Duration.ofSeconds(60));
  }

  private static List<Cookie> cookies(PendingLogin login, String returnPath) {
    var response = new FakeResponse();
    var detail = new WantedPage(returnPath, RequestedAuthentication.ANY);
    COOKIES.add(FakeRequest.get("/").http(), response.http(), URL, login, detail, Optional.empty());
    return response.cookies();
  }

  @Provide
  Arbitrary<String> changedValue() {
    return Mutations.of(VALID.getValue());
  }

  @Provide
  Arbitrary<String> changedName() {
    return Mutations.of(VALID.getName()).filter(it -> it.matches("[A-Za-z0-9_-]+"));
  }

  @Provide
  Arbitrary<String> texts() {
    return Mutations.anyText();
  }

  @Provide
  Arbitrary<List<String>> values() {
    return Mutations.anyText().list().ofMaxSize(30);
  }

  @Provide
  Arbitrary<String> returnPaths() {
    return Arbitraries.strings().withCharRange('!', '~').ofMaxLength(1_000).map("/"::concat);
  }

  private static boolean finds(String name, String value) {
    var request = FakeRequest.get("/").cookie(name, value);
    return COOKIES.find(request.http(), URL, LOGIN.cookieSuffix()).isPresent();
  }

  @Property
  @Tag("case-30")
  void aCookieThatWasChangedIsNoLogin(@ForAll("changedValue") String value) {
    assertThat(finds(VALID.getName(), VALID.getValue())).isTrue();
    assertThat(finds(VALID.getName(), value)).isFalse();
  }

  @Property
  @Tag("case-29")
  @Tag("case-30")
  void aCookieOfAnotherNameIsNoLogin(@ForAll("changedName") String name) {
    assertThat(finds(name, VALID.getValue())).isFalse();
  }

  @Property
  @Tag("case-30")
  @Tag("case-33")
  @Tag("case-80")
  void whateverCookiesABrowserHasTheyAreBoundedAndNoLogin(@ForAll("values") List<String> values) {
    var request = FakeRequest.get("/");
    var prefix = VALID.getName().substring(0, VALID.getName().length() - 10);
    for (var i = 0; i < values.size(); i++) {
      request.cookie(prefix + "%010d".formatted(i), values.get(i));
      request.cookie(prefix + "tries", values.get(i));
    }
    assertThat(COOKIES.tries(request.http(), URL)).isBetween(0, 9);
    assertThat(COOKIES.find(request.http(), URL, "0000000000")).isEmpty();
    var response = new FakeResponse();
    var detail = new WantedPage("/x", RequestedAuthentication.ANY);
    COOKIES.add(request.http(), response.http(), URL, LOGIN, detail, Optional.empty());
    var removed = response.cookies().stream().filter(it -> it.getMaxAge() == 0).count();
    assertThat(removed).as("at once").isLessThanOrEqualTo(16);
    assertThat(removed < 10 ? values.size() + 1 - removed : 0).isLessThanOrEqualTo(6);
    assertThat(response.cookies().stream().filter(it -> it.getMaxAge() > 0)).hasSize(1);
  }

  @Property
  @Tag("case-14")
  void everyReturnPathComesBackAsItWas(@ForAll("returnPaths") String path) {
    var login = RING.begin();
    var request = FakeRequest.get("/");
    for (var cookie : cookies(login, path)) {
      request.cookie(cookie.getName(), cookie.getValue());
      assertThat(cookie.getValue()).matches("[A-Za-z0-9_.-]+").hasSizeLessThan(4096);
    }
    assertThat(COOKIES.find(request.http(), URL, login.cookieSuffix()))
        .hasValueSatisfying(it -> assertThat(it.returnPath()).hasValue(path));
  }

  @Property
  @Tag("case-74")
  @Tag("case-76")
  void whateverFormIsReadOrRefused(@ForAll("texts") String form) {
    var parameters = Parameters.parse(form);
    assertThat(parameters.flatMap(it -> it.once("state")).orElse("x")).isNotEmpty();
    assertThat(Parameters.parse(form + "%")).isEmpty();
  }

  @Property
  @Tag("case-74")
  void aParameterComesBackAsItWasUnlessItIsThereTwice(
      @ForAll("texts") String name, @ForAll("texts") String value) {
    var known = unicode(name);
    var pair = encoded(known) + "=" + encoded(unicode(value));
    var once = Parameters.parse(pair).orElseThrow();
    assertThat(once.once(known).orElse("")).isEqualTo(unicode(value));
    assertThat(Parameters.parse(pair + "&" + pair).orElseThrow().once(known)).isEmpty();
  }

  // Half a surrogate pair is no character; what encoders write for it differs from JDK to JDK.
  private static String unicode(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}

package io.gatehouse.internal.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.filter.FakeRequest;
import io.gatehouse.filter.FakeResponse;
import io.gatehouse.filter.FixedRandom;
import io.gatehouse.internal.config.ValidConfiguration;
import io.gatehouse.internal.protocol.AdjustableClock;
import io.gatehouse.internal.protocol.LoginKeyRing;
import io.gatehouse.internal.protocol.LoginKeys;
import io.gatehouse.internal.protocol.PendingLogin;
import io.gatehouse.internal.protocol.RequestedAuthentication;
import io.gatehouse.internal.protocol.TestClients;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** The headers of one browser, whatever logins it begins at the applications of a host. */
@Tag("case-125")
class HeaderBudgetPropertyTest {
  private static final AdjustableClock CLOCK = new AdjustableClock();
  private static final FixedRandom RANDOM = new FixedRandom();
  private static final RequestedAuthentication LONGEST =
      new RequestedAuthentication(
          "a".repeat(250),
          Optional.of(Duration.ofDays(30)),
          "login consent select_account",
          "es",
          "x".repeat(100));

  /** A filter of an application of the host. */
  private record Gate(String url, LoginCookies cookies, LoginKeyRing ring) {
    static Gate of(String url, String ownPath, String material) {
      var keys =
          new LoginKeys(
              material.getBytes(StandardCharsets.UTF_8),
              TestClients.named(ValidConfiguration.ISSUER, material),
              url,
              RANDOM);
      var ring =
          new LoginKeyRing(
              List.of(keys), RANDOM, CLOCK, Duration.ofMinutes(5), Duration.ofSeconds(60));
      return new Gate(url, new LoginCookies(ring, ValidConfiguration.ISSUER, ownPath), ring);
    }
  }

  private static final List<Gate> GATES =
      List.of(
          Gate.of("https://app.example/shop", "/gatehouse", "shop"),
          Gate.of("https://app.example/shop", "/gatehouse/staff", "staff"),
          Gate.of("https://app.example/blog", "/gatehouse", "blog"));

  /** A login that a browser begins, or a page that it opens. */
  private record Step(int gate, int address, boolean isLogin, boolean asksForMuch) {}

  private record Begun(Gate gate, PendingLogin login, String page) {}

  private static final class Jar {
    private final Map<String, String> cookies = new LinkedHashMap<>();
    private final String foreign;
    private final String others;

    Jar(int foreign, int others) {
      this.foreign = "x".repeat(foreign);
      this.others = "x".repeat(others);
    }

    FakeRequest request(String address) {
      var request = FakeRequest.get(address).header("Others", others);
      cookies.forEach(request::cookie);
      return request.cookie("foreign", foreign);
    }

    void keep(FakeResponse response) {
      for (var cookie : response.cookies()) {
        if (cookie.getMaxAge() == 0) {
          cookies.remove(cookie.getName());
        } else {
          cookies.put(cookie.getName(), cookie.getValue());
        }
      }
    }

    int logins() {
      return bytes(cookies);
    }

    private static int bytes(Map<String, String> cookies) {
      return cookies.entrySet().stream()
          .mapToInt(it -> it.getKey().length() + it.getValue().length() + "=; ".length())
          .sum();
    }

    /** Returns the bytes of a request with an address of this length. */
    int total(int address) {
      return address
          + "GET  HTTP/1.1\r\nOthers: \r\nCookie: foreign=\r\n".length()
          + others.length()
          + foreign.length()
          + logins();
    }

    Optional<LoginCookies.Begun> find(Begun begun) {
      return begun
          .gate()
          .cookies()
          .find(request("/").http(), begun.gate().url(), begun.login().cookieSuffix());
    }
  }

  private static FakeResponse answer(Jar jar, Step step, List<Begun> begun) {
    var gate = GATES.get(step.gate());
    var page = "/" + "x".repeat(step.address() - 1);
    var request = jar.request(page).http();
    var response = new FakeResponse();
    gate.cookies().keepWithinBudget(request, response.http());
    if (step.isLogin()) {
      var login = gate.ring().begin();
      begun.add(new Begun(gate, login, page));
      response.http().setHeader("Location", "x".repeat(1_500));
      var requested = step.asksForMuch() ? LONGEST : RequestedAuthentication.ANY;
      gate.cookies()
          .add(
              request,
              response.http(),
              gate.url(),
              login,
              new WantedPage(page, requested),
              Optional.of("a".repeat(50)));
    }
    return response;
  }

  @Provide
  Arbitrary<Step> steps() {
    return Combinators.combine(
            Arbitraries.integers().between(0, GATES.size() - 1),
            Arbitraries.integers().between(1, 2_048),
            Arbitraries.integers().between(0, 3).map(it -> it > 0),
            Arbitraries.of(true, false))
        .as(Step::new);
  }

  /** One after another: before each, the browser has the cookies of those before. */
  @Property(tries = 200)
  @Tag("case-33")
  void whateverLoginsBeginEveryPageIsReached(
      @ForAll @Size(max = 60) List<@From("steps") Step> steps,
      @ForAll @IntRange(max = 4_050) int foreign,
      @ForAll @IntRange(max = 1_000) int others) {
    var jar = new Jar(foreign, others);
    var begun = new ArrayList<Begun>();
    for (var step : steps) {
      assertThat(jar.total(step.address())).isLessThanOrEqualTo(HeaderBudget.LIMIT);
      jar.keep(answer(jar, step, begun));
      CLOCK.advance(Duration.ofSeconds(1));

      assertThat(jar.total(2_048)).isLessThanOrEqualTo(HeaderBudget.LIMIT);
      assertThat(jar.logins()).isLessThanOrEqualTo(HeaderBudget.MOST);
      assertThat(jar.cookies.keySet()).hasSizeLessThanOrEqualTo(HostLogins.MAX_LOGINS + 2);
      if (step.isLogin()) {
        assertNewestReturns(jar, begun.get(begun.size() - 1), foreign, step.asksForMuch());
      }
    }
  }

  private static void assertNewestReturns(Jar jar, Begun newest, int foreign, boolean asksForMuch) {
    var found = jar.find(newest).orElseThrow();
    var length = newest.page().length();
    if (length <= (foreign <= 2_500 ? 1_000 : asksForMuch ? 0 : 200)) {
      assertThat(found.returnPath()).hasValue(newest.page());
    } else {
      assertThat(found.returnPath().orElse(newest.page())).isEqualTo(newest.page());
    }
  }

  /** Tabs that a browser restores at once do not see the cookies of each other. */
  @Property(tries = 200)
  @Tag("case-33")
  void tabsThatOpenAtTheSameMomentDoNotCloseTheHost(
      @ForAll @IntRange(min = 2, max = 8) int tabs,
      @ForAll @IntRange(min = 1, max = 2_048) int address,
      @ForAll @IntRange(max = 1_000) int foreign,
      @ForAll @IntRange(max = 1_000) int others,
      @ForAll @Size(max = 10) List<@From("steps") Step> before) {
    var jar = new Jar(foreign, others);
    var begun = new ArrayList<Begun>();
    before.forEach(it -> jar.keep(answer(jar, it, begun)));
    CLOCK.advance(Duration.ofSeconds(1));
    begun.clear();
    var answers = new ArrayList<FakeResponse>();
    for (int i = 0; i < tabs; i++) {
      answers.add(answer(jar, new Step(i % GATES.size(), address, true, false), begun));
    }
    answers.forEach(jar::keep);

    assertThat(jar.total(300)).isLessThanOrEqualTo(HeaderBudget.LIMIT);
    assertThat(begun).allSatisfy(it -> assertThat(jar.find(it)).isPresent());
    jar.keep(answer(jar, new Step(0, 100, false, false), begun));
    assertThat(jar.total(2_048)).isLessThanOrEqualTo(HeaderBudget.LIMIT);
  }

  /** The browser of the report: eight tabs, long addresses, an application with cookies. */
  @Example
  @Tag("case-33")
  void eightTabsOf500CharactersBeside2KiBOfCookiesReachAPage() {
    var jar = new Jar(2_048, 800);
    var begun = new ArrayList<Begun>();
    var answers = new ArrayList<FakeResponse>();
    for (int i = 0; i < 8; i++) {
      answers.add(answer(jar, new Step(i % GATES.size(), 500, true, false), begun));
    }
    answers.forEach(jar::keep);
    assertThat(jar.total(500)).isLessThanOrEqualTo(HeaderBudget.LIMIT);
    assertThat(begun)
        .filteredOn(it -> jar.find(it).orElseThrow().returnPath().isPresent())
        .hasSizeBetween(1, 2);
  }

  /** Foreign cookies may grow after logins have begun; an earlier version left more of ours. */
  @Property(tries = 200)
  @Tag("case-33")
  void aBrowserThatIsOverTheBudgetGetsOut(
      @ForAll @IntRange(max = 60) int left,
      @ForAll @IntRange(min = 1, max = 700) int length,
      @ForAll @IntRange(max = 4_050) int foreign,
      @ForAll @IntRange(max = 1_000) int others) {
    var jar = new Jar(foreign, others);
    for (int i = 0; i < left; i++) {
      jar.cookies.put(
          "gatehouse-older-%010d".formatted(i), "s00%03d.".formatted(i) + "x".repeat(length));
    }
    for (int i = 0; i < 5; i++) { // at most sixteen at once
      jar.keep(answer(jar, new Step(0, 100, false, false), new ArrayList<>()));
    }
    assertThat(jar.total(2_048)).isLessThanOrEqualTo(HeaderBudget.LIMIT);
  }
}

package io.gatehouse.internal.login;

import io.gatehouse.filter.FakeRequest;
import io.gatehouse.filter.FakeResponse;
import io.gatehouse.filter.FixedRandom;
import io.gatehouse.internal.protocol.AdjustableClock;
import io.gatehouse.internal.protocol.LoginKeyRing;
import io.gatehouse.internal.protocol.LoginKeys;
import io.gatehouse.internal.protocol.PendingLogin;
import io.gatehouse.internal.protocol.RequestedAuthentication;
import io.gatehouse.internal.protocol.TestClients;
import jakarta.servlet.http.Cookie;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Login cookies: whatever a browser sends is bounded, and only what we sealed is a login. */
public final class CookieFuzz {
  private static final String URL = "http://localhost:8080/shop";
  private static final WantedPage DETAIL = new WantedPage("/orders", RequestedAuthentication.ANY);
  private static final LoginKeyRing RING =
      new LoginKeyRing(
          List.of(
              new LoginKeys(
                  new byte[] {1, 2, 3},
                  TestClients.named("https://op.example", "client"),
                  URL,
                  new FixedRandom())),
          new FixedRandom(),
          new AdjustableClock(),
          Duration.ofMinutes(5),
          Duration.ofSeconds(60));
  private static final LoginCookies COOKIES = new LoginCookies(RING, "client", "/gatehouse");
  private static final PendingLogin LOGIN = RING.begin();
  private static final Cookie VALID = valid();

  private CookieFuzz() {}

  private static Cookie valid() {
    var response = new FakeResponse();
    COOKIES.add(FakeRequest.get("/").http(), response.http(), URL, LOGIN, DETAIL, Optional.empty());
    return response.cookies().get(0);
  }

  /** For Jazzer: values of cookies, one a line, and each with a part of a valid one before it. */
  public static void fuzzerTestOneInput(byte[] input) {
    var values = new String(input, StandardCharsets.ISO_8859_1).split("\n", 40);
    var request = FakeRequest.get("/");
    var prefix = VALID.getName().substring(0, VALID.getName().length() - 10);
    for (var i = 0; i < values.length; i++) {
      var value = values[i];
      var part = VALID.getValue().substring(0, value.length() % VALID.getValue().length());
      refuse(value);
      refuse(part + value);
      refuse(value + VALID.getValue());
      request.cookie(prefix + "%010d".formatted(i), value);
      request.cookie(prefix + "tries", value);
      request.header("Cookie", value);
    }
    var response = new FakeResponse();
    COOKIES.add(request.http(), response.http(), URL, LOGIN, DETAIL, Optional.empty());
    var removed = response.cookies().stream().filter(it -> it.getMaxAge() == 0).count();
    var tries = COOKIES.tries(request.http(), URL);
    if ((removed < 10 && values.length + 1 - removed > 6) || tries < 0 || tries > 9) {
      throw new IllegalStateException("more cookies than there may be");
    }
  }

  private static void refuse(String value) {
    var request = FakeRequest.get("/").cookie(VALID.getName(), value);
    if (!value.equals(VALID.getValue())
        && COOKIES.find(request.http(), URL, LOGIN.cookieSuffix()).isPresent()) {
      throw new IllegalStateException("a cookie that nobody sealed");
    }
  }
}

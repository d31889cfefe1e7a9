package io.gatehouse.internal.protocol;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The parameters by which a user is to log in at the authorization server (OpenID Connect Core 1.0
 * section 3.1.2.1). An empty text means that the parameter is not sent.
 *
 * @param acrValues {@code acr_values}, space-separated; one of them must come back as {@code acr}
 * @param maxAge {@code max_age}: the maximum time since the user logged in there
 * @param prompt {@code prompt}
 * @param uiLocales {@code ui_locales}: a hint, which the authorization server may ignore
 * @param loginHint {@code login_hint}: also a hint
 */
public record RequestedAuthentication(
    String acrValues,
    Optional<Duration> maxAge,
    String prompt,
    String uiLocales,
    String loginHint) {
  private static final Pattern TEXT = Pattern.compile("[^\\p{Cntrl}]*");
  private static final int PARTS = 5;

  /** The request without any parameter. */
  public static final RequestedAuthentication ANY =
      new RequestedAuthentication("", Optional.empty(), "", "", "");

  public RequestedAuthentication {
    for (var text : List.of(acrValues, prompt, uiLocales, loginHint)) {
      if (!TEXT.matcher(text).matches()) {
        throw new IllegalArgumentException("no control characters");
      }
    }
  }

  /**
   * Returns the same request without the hints, which are dropped if they make an address too long.
   */
  public RequestedAuthentication withoutWishes() {
    return new RequestedAuthentication(acrValues, maxAge, prompt, "", "");
  }

  /** Returns the values of {@link #acrValues}. */
  List<String> acceptedAcrs() {
    return acrValues.isEmpty() ? List.of() : List.of(acrValues.split(" ", -1));
  }

  /** Returns the parameters of the authorization request. */
  Map<String, String> parameters() {
    var parameters = new LinkedHashMap<String, String>();
    parameters.put("acr_values", acrValues);
    parameters.put("max_age", maxAge.map(it -> String.valueOf(it.toSeconds())).orElse(""));
    parameters.put("prompt", prompt);
    parameters.put("ui_locales", uiLocales);
    parameters.put("login_hint", loginHint);
    parameters.values().removeIf(String::isEmpty);
    return parameters;
  }

  /**
   * Returns the request as one line of text for a sealed handle or cookie; empty if no parameter is
   * set.
   */
  public String text() {
    if (equals(ANY)) {
      return "";
    }
    var age = maxAge.map(it -> String.valueOf(it.toSeconds())).orElse("");
    return String.join("\t", acrValues, age, prompt, uiLocales, loginHint);
  }

  /**
   * Reads the output of {@link #text}, after unsealing.
   *
   * @throws IllegalArgumentException if the text is anything else
   */
  public static RequestedAuthentication read(String text) {
    if (text.isEmpty()) {
      return ANY;
    }
    var parts = new ArrayList<>(List.of(text.split("\t", -1)));
    if (parts.size() != PARTS) {
      throw new IllegalArgumentException("five parts");
    }
    var age = Optional.of(parts.get(1)).filter(it -> !it.isEmpty()).map(Long::parseLong);
    return new RequestedAuthentication(
        parts.get(0), age.map(Duration::ofSeconds), parts.get(2), parts.get(3), parts.get(4));
  }

  /** Prints the names of the parameters only: a hint may be a person's address. */
  @Override
  public String toString() {
    return "RequestedAuthentication" + parameters().keySet();
  }
}

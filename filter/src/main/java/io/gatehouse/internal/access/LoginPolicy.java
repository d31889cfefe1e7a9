package io.gatehouse.internal.access;

import io.gatehouse.internal.protocol.RequestedAuthentication;
import io.gatehouse.internal.server.Parameters;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Decides how users are asked to log in: by the configuration for all logins, by the configuration
 * for the requested path, and by the hints of the request itself.
 */
public final class LoginPolicy {
  private static final int MAX_LANGUAGES = 3;
  private static final int MAX_HINT_CHARACTERS = 100;
  private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z0-9-]{2,20}");
  private static final Pattern HINT = Pattern.compile("[^\\p{Cntrl}]+");

  /** The value of {@code gatehouse.ui-locales} that selects the languages of the request. */
  static final String OF_REQUEST = "request";

  /**
   * The configuration for all logins.
   *
   * @param acrValues the acr values, space-separated; may be empty
   * @param maxAge the maximum age of the login
   * @param prompt the prompt; may be empty
   * @param uiLocales the languages, space-separated, or {@link #OF_REQUEST}; may be empty
   * @param loginHintParameter the request parameter that is passed on as {@code login_hint}
   */
  public record ForAll(
      String acrValues,
      Optional<Duration> maxAge,
      String prompt,
      String uiLocales,
      Optional<String> loginHintParameter) {}

  private final ForAll forAll;
  private final AccessRules rules;

  public LoginPolicy(ForAll forAll, AccessRules rules) {
    this.forAll = forAll;
    this.rules = rules;
  }

  /** Returns the parameters of a login for the page of a request. */
  public RequestedAuthentication at(HttpServletRequest request) {
    return at(rules.of(request), request);
  }

  /** Returns the parameters of a login that leads to a path. */
  public RequestedAuthentication at(String decodedPath, HttpServletRequest request) {
    return at(rules.of("GET", decodedPath), request);
  }

  private RequestedAuthentication at(Requirement needed, HttpServletRequest request) {
    return new RequestedAuthentication(
        needed.commonAcrs().isEmpty() ? forAll.acrValues() : String.join(" ", needed.commonAcrs()),
        needed.maxAge().or(forAll::maxAge),
        forAll.prompt(),
        uiLocales(request),
        forAll.loginHintParameter().flatMap(it -> loginHint(request, it)).orElse(""));
  }

  private String uiLocales(HttpServletRequest request) {
    if (!forAll.uiLocales().equals(OF_REQUEST)) {
      return forAll.uiLocales();
    }
    if (request.getHeader("Accept-Language") == null) {
      return "";
    }
    return Collections.list(request.getLocales()).stream()
        .map(it -> it.toLanguageTag())
        .filter(it -> LANGUAGE.matcher(it).matches())
        .limit(MAX_LANGUAGES)
        .collect(Collectors.joining(" "));
  }

  // From the query, never by getParameter: that method may consume a body which belongs to the
  // application.
  private static Optional<String> loginHint(HttpServletRequest request, String parameter) {
    return Optional.ofNullable(request.getQueryString())
        .flatMap(it -> Parameters.parse(it, Set.of(parameter)))
        .stream()
        .flatMap(it -> it.all(parameter).stream())
        .filter(it -> it.length() <= MAX_HINT_CHARACTERS && HINT.matcher(it).matches())
        .findFirst();
  }
}

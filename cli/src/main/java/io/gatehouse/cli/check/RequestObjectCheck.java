package io.gatehouse.cli.check;

import io.gatehouse.cli.config.ConfiguredApplication;
import io.gatehouse.cli.http.UnreachableException;
import io.gatehouse.cli.http.Web;
import io.gatehouse.cli.http.WebAnswer;
import io.gatehouse.cli.output.Findings;
import io.gatehouse.internal.jose.Base64Url;
import io.gatehouse.internal.jose.CompactJws;
import io.gatehouse.internal.jose.JsonText;
import io.gatehouse.internal.jose.JsonWebKeys;
import io.gatehouse.internal.jose.JwsVerifier;
import io.gatehouse.internal.jose.RejectedJwtException;
import io.gatehouse.internal.jose.UnknownKeyException;
import io.gatehouse.internal.jose.UnusableKeyException;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Fetches a request object as the authorization server would (RFC 9101 section 5.2.3). The request
 * object belongs to a login that this command began under the configured keys.
 */
final class RequestObjectCheck {
  private static final String MEDIA_TYPE = "application/oauth-authz-req+jwt";
  private static final Duration SERVERS_WAIT = Duration.ofSeconds(2);

  private final ConfiguredApplication application;
  private final Web web;
  private final Findings findings;

  RequestObjectCheck(ConfiguredApplication application, Web web, Findings findings) {
    this.application = application;
    this.web = web;
    this.findings = findings;
  }

  /** Returns whether the request object is as expected. */
  boolean run(String property, String base) throws UnreachableException {
    var login = application.client().tryLogin(base);
    var answer = web.get(login.requestUri(), "*/*");
    var fault = fault(answer, login.requestObject());
    fault.ifPresent(it -> findings.fail(property, it, remedy(answer)));
    if (fault.isEmpty()) {
      findings.ok(property, "it opens a login that was begun here, and signs its request object");
    }
    if (answer.took().compareTo(SERVERS_WAIT) > 0) {
      findings.warn(
          property,
          "a request object takes %d ms".formatted(answer.took().toMillis()),
          "Servers wait for about 2 s; what is slow between here and the application?");
    }
    return fault.isEmpty();
  }

  /** Returns the fault of an answer; empty if it has none. */
  Optional<String> fault(WebAnswer answer, String expected) {
    if (answer.status() == 404) {
      return Optional.of("the application does not know a login that was begun here");
    }
    if (answer.status() != 200) {
      return Optional.of("a request object is answered " + answer.inShort());
    }
    if (!answer.header("Content-Type").equals(MEDIA_TYPE)) {
      return Optional.of(
          "a request object has the type %s, and not %s to the letter"
              .formatted(answer.header("Content-Type"), MEDIA_TYPE));
    }
    var other = differences(expected, answer.text());
    if (!other.isEmpty()) {
      return Optional.of("the application's request objects differ in " + String.join(", ", other));
    }
    return isSigned(answer.text(), expected)
        ? Optional.empty()
        : Optional.of("a request object is not signed by our key");
  }

  private static String remedy(WebAnswer answer) {
    return answer.status() == 200 || answer.status() == 404
        ? "The application runs with another configuration than this one; start it with this one:"
            + " the same issuer, client id, addresses, scope, algorithms, times, and key or secret"
        : "Its own paths have to be reached without a redirect or login before them";
  }

  private static Set<String> differences(String expected, String actual) {
    var all = new TreeSet<String>();
    for (int part = 0; part < 2; part++) {
      all.addAll(differences(part(expected, part), part(actual, part)));
    }
    return all;
  }

  private static Set<String> differences(JsonObject ours, JsonObject theirs) {
    var names = new TreeSet<>(ours.keySet());
    names.addAll(theirs.keySet());
    return names.stream()
        .filter(it -> !Objects.equals(ours.get(it), theirs.get(it)))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static JsonObject part(String jws, int index) {
    var parts = jws.split("\\.", -1);
    return Optional.of(parts)
        .filter(it -> it.length == 3)
        .flatMap(it -> Base64Url.decode(it[index]))
        .flatMap(JsonText::object)
        .orElse(JsonObject.EMPTY_JSON_OBJECT);
  }

  private boolean isSigned(String actual, String expected) {
    if (actual.equals(expected)) {
      return true; // an HMAC, or a signature algorithm that uses no randomness
    }
    var algorithm = application.requestObjectAlgorithm();
    if (algorithm.isSymmetric()) {
      return false;
    }
    try {
      new JwsVerifier(Set.of(algorithm))
          .verify(CompactJws.parse(actual), JsonWebKeys.parse(application.jwks().toString()));
      return true;
    } catch (RejectedJwtException | UnknownKeyException | UnusableKeyException e) {
      return false;
    }
  }
}

package io.gatehouse.cli.check;

import io.gatehouse.cli.config.ConfiguredApplication;
import io.gatehouse.cli.http.UnreachableException;
import io.gatehouse.cli.http.Web;
import io.gatehouse.cli.output.Findings;
import io.gatehouse.internal.server.SecureUri;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.net.URI;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;

/**
 * Checks that the running application, at the addresses that browsers and the authorization server
 * use, is the configured one: it publishes the same keys, and it opens and signs login handles that
 * these keys sealed.
 */
final class ApplicationCheck {
  private static final String PUBLIC_URL = "gatehouse.public-url";

  private final ConfiguredApplication application;
  private final Findings findings;

  /**
   * An address of the application.
   *
   * @param property the property that has the address
   */
  private record Place(String property, String base) {
    URI address() {
      return URI.create(base);
    }
  }

  /** Checks one address, with the given trusted certificates. */
  private interface Look {
    boolean at(Place place, Web web) throws UnreachableException;
  }

  ApplicationCheck(ConfiguredApplication application, Findings findings) {
    this.application = application;
    this.findings = findings;
  }

  /** Returns whether the application runs as configured. */
  boolean run() {
    if (!application.requestMode().equals("hosted")) {
      return lookForKeys();
    }
    return look(
        (place, web) ->
            hasOurKeys(place, web)
                && new RequestObjectCheck(application, web, findings)
                    .run(place.property(), place.base()));
  }

  /**
   * Returns whether the application has the configured keys; needs nothing of the authorization
   * server.
   */
  boolean lookForKeys() {
    return look(this::hasOurKeys);
  }

  private boolean look(Look look) {
    if (application.publicUrl().isEmpty()) {
      findings.warn(
          PUBLIC_URL,
          "is not set, so the application was not looked for",
          "Set it there and here; only on loopback an application can do without");
      return false;
    }
    var places = new ArrayList<Place>();
    application.publicUrl().ifPresent(it -> places.add(new Place(PUBLIC_URL, it)));
    application.backendUrl().ifPresent(it -> places.add(new Place("gatehouse.backend-url", it)));
    warnOfLoopback(places.get(places.size() - 1));
    return places.stream().filter(it -> look(it, look)).count() == places.size();
  }

  private boolean look(Place place, Look look) {
    try {
      return lookByItsTrust(place, look);
    } catch (UnreachableException e) {
      if (e.isAboutTls()) {
        new TlsCheck(application, findings)
            .explain(place.property(), place.address(), Optional.empty(), e);
      } else {
        findings.fail(
            place.property(),
            "the application does not answer: " + e.reason(),
            "Start the application, or set %s to where it is".formatted(place.property()));
      }
      return false;
    }
  }

  // The configured trust is meant for the authorization server; the application may have a
  // certificate of a public authority.
  private boolean lookByItsTrust(Place place, Look look) throws UnreachableException {
    try {
      return look(place, look, application.trust());
    } catch (UnreachableException e) {
      if (!e.isAboutTls()) {
        throw e;
      }
      return look(place, look, everybodysTrust());
    }
  }

  private boolean look(Place place, Look look, SSLContext trust) throws UnreachableException {
    try (var web = new Web(application.connectTimeout(), application.timeout(), trust)) {
      var there = look.at(place, web);
      if (there && "https".equals(place.address().getScheme())) {
        new TlsCheck(application, findings).run(place.property(), place.address(), trust);
      }
      return there;
    }
  }

  private static SSLContext everybodysTrust() {
    try {
      return SSLContext.getDefault();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("the platform has no default TLS context", e);
    }
  }

  private void warnOfLoopback(Place fetched) {
    var remoteServer = !SecureUri.isLoopback(URI.create(application.issuer()).getHost());
    if (remoteServer && SecureUri.isLoopback(fetched.address().getHost())) {
      findings.warn(
          fetched.property(),
          "is on this machine, where a server elsewhere cannot fetch request objects",
          "Set %s to an address that the server can reach".formatted(fetched.property()));
    }
  }

  private boolean hasOurKeys(Place place, Web web) throws UnreachableException {
    var property = place.property();
    var address = URI.create(place.base() + application.ownPath() + "/jwks");
    var answer = web.get(address, "application/json");
    var theirs = answer.json().flatMap(ApplicationCheck::keys);
    if (answer.status() != 200 || theirs.isEmpty()) {
      findings.fail(
          property,
          "%s answers %s, and not with our keys".formatted(address, answer.inShort()),
          "Is the context path in %s right, has the application the filter, is gatehouse.path the"
                  .formatted(property)
              + " same there, and does a proxy before it pass these paths on?");
      return false;
    }
    // The application may have one more key, such as the next one, that this configuration does not
    // know yet.
    var ours = keys(application.jwks()).orElse(Set.of());
    if (!theirs.get().containsAll(ours)) {
      findings.fail(
          property,
          "the application at %s lacks keys that are configured here".formatted(place.base()),
          "It is another application: set %s to the right one; or it runs with another"
                  .formatted(property)
              + " gatehouse.signing-key: start it with this configuration");
      return false;
    }
    findings.ok(property, "the application at %s has our keys".formatted(place.base()));
    return true;
  }

  private static Optional<Set<JsonValue>> keys(JsonObject jwks) {
    return Optional.ofNullable(jwks.get("keys"))
        .filter(it -> it.getValueType() == JsonValue.ValueType.ARRAY)
        .map(it -> it.asJsonArray().stream().collect(Collectors.toSet()));
  }
}

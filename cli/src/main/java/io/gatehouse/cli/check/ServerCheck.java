package io.gatehouse.cli.check;

import io.gatehouse.cli.config.ConfiguredApplication;
import io.gatehouse.cli.http.UnreachableException;
import io.gatehouse.cli.http.Web;
import io.gatehouse.cli.http.WebAnswer;
import io.gatehouse.cli.output.Findings;
import io.gatehouse.internal.server.AuthorizationServer;
import io.gatehouse.internal.server.LoginFailedException;
import io.gatehouse.internal.server.SecureUri;
import io.gatehouse.internal.server.ServerMetadata;
import jakarta.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Checks the authorization server's metadata and keys with the filter's own code, and reports in
 * addition what the filter could not say about them.
 */
final class ServerCheck {
  private static final String ISSUER = "gatehouse.issuer";

  private final ConfiguredApplication application;
  private final RecordedCalls calls;
  private final Findings findings;

  /** The authorization server as the check found it. */
  record Found(AuthorizationServer server, ServerMetadata metadata, RecordedCalls calls) {}

  ServerCheck(ConfiguredApplication application, Web web, Findings findings) {
    this.application = application;
    this.calls = new RecordedCalls(web);
    this.findings = findings;
  }

  /** Runs the check; empty if no login is possible with this authorization server as it is. */
  Optional<Found> run() {
    var server = application.server(calls);
    var metadata = metadata(server);
    if (metadata.isEmpty()) {
      return Optional.empty();
    }
    calls.last().ifPresent(it -> compareClocks(it));
    new TlsCheck(application, findings)
        .run(ISSUER, URI.create(application.issuer()), application.trust());
    calls
        .last()
        .flatMap(WebAnswer::json)
        .ifPresent(it -> new MetadataCheck(application, it, findings).run());
    return keys(server)
        .map(
            it -> {
              new KeyCheck(application, findings).run(it);
              return new Found(server, metadata.get(), calls);
            });
  }

  private Optional<ServerMetadata> metadata(AuthorizationServer server) {
    try {
      var metadata = server.metadata();
      findings.ok(
          ISSUER,
          calls
              .last()
              .map(it -> "%s names it (%d ms)".formatted(it.uri(), it.took().toMillis()))
              .orElse("no metadata is read, since every needed endpoint is configured"));
      return Optional.of(metadata);
    } catch (LoginFailedException e) {
      explain(e);
      return Optional.empty();
    }
  }

  private void explain(LoginFailedException verdict) {
    if (calls.fault().isPresent()) {
      explain(calls.fault().get());
      return;
    }
    var last = calls.last();
    var document = last.flatMap(WebAnswer::json);
    if (last.isEmpty() || (last.get().status() == 200 && document.isPresent())) {
      explain(verdict, document);
      return;
    }
    // If both places answer 404, name the first: it is the one that a person can look at.
    var answer = last.get().status() == 404 ? calls.answers().get(0) : last.get();
    findings.fail(
        ISSUER,
        "%s answers %s, and not with the server's metadata"
            .formatted(answer.uri(), answer.inShort()),
        "Set it to the server's issuer itself, which has its metadata below it, and to which"
            + " nothing redirects; Keycloak's is https://HOST/realms/REALM");
  }

  private void explain(UnreachableException fault) {
    if (fault.isAboutTls()) {
      new TlsCheck(application, findings)
          .explain(
              ISSUER,
              URI.create(application.issuer()),
              Optional.of("gatehouse.http.truststore"),
              fault);
      return;
    }
    findings.fail(
        ISSUER,
        "the server does not answer: " + fault.reason(),
        "Start the server, or set %s to where it is; is there a firewall or a proxy between?"
            .formatted(ISSUER));
  }

  private void explain(LoginFailedException verdict, Optional<JsonObject> document) {
    var named = document.map(it -> it.getString("issuer", "")).flatMap(SecureUri::parse);
    if (named.isPresent() && !named.get().toString().equals(application.issuer())) {
      findings.fail(
          ISSUER,
          "the metadata names the issuer %s; they have to be equal to the letter (RFC 8414 3.3)"
              .formatted(named.get()),
          "If that is the server you mean, set %s=%s".formatted(ISSUER, named.get()));
    } else {
      findings.fail(ISSUER, verdict.reason(), "Correct it at the server, or name its endpoints");
    }
  }

  private Optional<JsonObject> keys(AuthorizationServer server) {
    try {
      server.fetchAhead();
      return calls.last().flatMap(WebAnswer::json);
    } catch (LoginFailedException e) {
      findings.fail(
          "gatehouse.endpoints.jwks",
          "cannot fetch the server's keys: " + e.reason(),
          "Correct it at the server, or set gatehouse.endpoints.jwks to where its keys are");
      return Optional.empty();
    }
  }

  private void compareClocks(WebAnswer answer) {
    var ahead = answer.clockAhead();
    if (ahead.isEmpty()) {
      findings.ok("gatehouse.clock-skew", "not compared with the clocks: the server sends no Date");
      return;
    }
    var apart = ahead.get().abs();
    var skew = application.clockSkew();
    var found =
        "the server's clock is %d s %s ours"
            .formatted(apart.toSeconds(), ahead.get().isNegative() ? "behind" : "ahead of");
    if (apart.compareTo(skew) > 0) {
      findings.fail(
          "gatehouse.clock-skew",
          found + ", more than %d s".formatted(skew.toSeconds()),
          "Set both clocks by NTP" + orMore(apart));
    } else if (apart.compareTo(skew.dividedBy(2)) > 0) {
      findings.warn("gatehouse.clock-skew", found, "Set both clocks by NTP");
    } else {
      findings.ok("gatehouse.clock-skew", apart.isZero() ? "the clocks agree" : found);
    }
  }

  // The property allows at most 300 s.
  private static String orMore(Duration apart) {
    var enough = apart.multipliedBy(2).toSeconds();
    return enough > 300 ? "" : "; until then, set gatehouse.clock-skew=%ds".formatted(enough);
  }
}

package io.gatehouse.cli.check;

import io.gatehouse.cli.config.ConfiguredApplication;
import io.gatehouse.cli.http.UnreachableException;
import io.gatehouse.cli.output.Findings;
import java.io.IOException;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * Checks the certificates of a server: who trusts them, which hosts they are for, and how long they
 * are valid.
 */
final class TlsCheck {
  private static final long FEW_DAYS = 21;

  private final Findings findings;
  private final Duration timeout;

  TlsCheck(ConfiguredApplication application, Findings findings) {
    this.findings = findings;
    this.timeout = application.connectTimeout();
  }

  /**
   * Checks certificates that are trusted.
   *
   * @param property the property that has the address
   */
  void run(String property, URI address, SSLContext trust) {
    if (!"https".equals(address.getScheme())) {
      findings.ok(property, "plain http, as only this machine may be called");
      return;
    }
    try {
      var chain = CertificateChain.trustedBy(trust, address, timeout);
      var days = chain.daysLeft(Instant.now());
      var text = "its certificate is trusted, and expires in %d days".formatted(days);
      if (days < FEW_DAYS) {
        findings.warn(property, text, "Renew it");
      } else {
        findings.ok(property, text);
      }
    } catch (IOException e) {
      findings.warn(property, "its certificate could not be looked at", "Check again");
    }
  }

  /**
   * Explains why certificates are not trusted.
   *
   * @param truststore the property that names the trusted certificates, if this address has one
   */
  void explain(
      String property, URI address, Optional<String> truststore, UnreachableException fault) {
    var shown = shown(address);
    if (shown.isEmpty()) {
      findings.fail(
          property,
          "no TLS with " + fault.reason(),
          "Is the port right, and does the server speak TLS 1.2 or 1.3 there?");
      return;
    }
    var certificate = shown.get();
    var now = Instant.now();
    if (now.isAfter(certificate.getNotAfter().toInstant())) {
      findings.fail(
          property,
          "its certificate expired at " + certificate.getNotAfter().toInstant(),
          "Renew it at the server; if it has a new one, is the clock here right?");
    } else if (now.isBefore(certificate.getNotBefore().toInstant())) {
      findings.fail(
          property,
          "its certificate begins at " + certificate.getNotBefore().toInstant(),
          "Is the clock here right?");
    } else if (fault.isOfAnotherHost()) {
      findings.fail(
          property,
          "its certificate is not for %s, but for %s"
              .formatted(address.getHost(), CertificateChain.names(certificate)),
          "Set %s to a name that the certificate has, or give the server another one"
              .formatted(property));
    } else {
      var issuer = certificate.getIssuerX500Principal();
      findings.fail(
          truststore.orElse(property),
          "the certificate of %s is issued by %s, whom nobody trusts here"
              .formatted(address.getHost(), issuer),
          truststore
              .map("Set %s to a store that has the issuer's certificate"::formatted)
              .orElse("Give it a certificate of an authority that everybody trusts"));
    }
  }

  private Optional<X509Certificate> shown(URI address) {
    try {
      return CertificateChain.shownBy(address, timeout);
    } catch (IOException gone) {
      return Optional.empty();
    }
  }
}

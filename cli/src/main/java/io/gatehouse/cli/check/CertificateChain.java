package io.gatehouse.cli.check;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** The certificates that a server presents in TLS, its own first. */
final class CertificateChain {
  private final List<X509Certificate> certificates;

  private CertificateChain(List<X509Certificate> certificates) {
    this.certificates = certificates;
  }

  /**
   * Returns the certificates of a server that is trusted, including its host name.
   *
   * @throws IOException if the server is not trusted
   */
  static CertificateChain trustedBy(SSLContext trust, URI address, Duration timeout)
      throws IOException {
    try (var socket = connected(trust, address, timeout)) {
      socket.startHandshake();
      return new CertificateChain(
          Arrays.stream(socket.getSession().getPeerCertificates())
              .map(X509Certificate.class::cast)
              .toList());
    }
  }

  /**
   * Returns the certificate that an untrusted server presents; the certificate is only inspected
   * and never trusted.
   */
  static Optional<X509Certificate> shownBy(URI address, Duration timeout) throws IOException {
    var looking = new TrustsNobody();
    try (var socket = connected(looking.context(), address, timeout)) {
      socket.startHandshake();
      throw new IllegalStateException("nobody is trusted");
    } catch (SSLException refused) {
      return looking.seen.stream().findFirst();
    }
  }

  private static SSLSocket connected(SSLContext context, URI address, Duration timeout)
      throws IOException {
    var port = address.getPort() < 0 ? 443 : address.getPort();
    var millis = (int) timeout.toMillis();
    var plain = new Socket();
    try {
      plain.connect(new InetSocketAddress(address.getHost(), port), millis);
      plain.setSoTimeout(millis);
      var socket =
          (SSLSocket) context.getSocketFactory().createSocket(plain, address.getHost(), port, true);
      var parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      socket.setSSLParameters(parameters);
      return socket;
    } catch (IOException e) {
      plain.close();
      throw e;
    }
  }

  /** Returns the days until the first of the certificates expires. */
  long daysLeft(Instant now) {
    return certificates.stream()
        .mapToLong(it -> Duration.between(now, it.getNotAfter().toInstant()).toDays())
        .min()
        .orElseThrow();
  }

  /** Returns the hosts that a certificate is for. */
  static String names(X509Certificate certificate) {
    try {
      return Objects.requireNonNullElse(
              certificate.getSubjectAlternativeNames(), List.<List<?>>of())
          .stream()
          .map(it -> String.valueOf(it.get(1)))
          .collect(Collectors.joining(", "));
    } catch (CertificateParsingException e) {
      return "no name that can be read";
    }
  }

  private static final class TrustsNobody implements X509TrustManager {
    private final List<X509Certificate> seen = new ArrayList<>();

    SSLContext context() {
      try {
        var context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {this}, new SecureRandom());
        return context;
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("every Java platform has TLS", e);
      }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType)
        throws CertificateException {
      throw new CertificateException("nobody is trusted");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType)
        throws CertificateException {
      seen.addAll(List.of(chain));
      throw new CertificateException("nobody is trusted");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}

package io.gatehouse.cli.http;

import io.gatehouse.internal.message.FaultText;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.SSLException;

/** Thrown if no whole answer came from an address; has the reason. */
public final class UnreachableException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String reason;
  private final boolean tls;
  private final boolean closed;
  private final boolean ofAnotherHost;

  public UnreachableException(URI uri, String why) {
    this(uri, why, false, false, false);
  }

  private UnreachableException(
      URI uri, String why, boolean tls, boolean closed, boolean ofAnotherHost) {
    super(why);
    this.closed = closed;
    this.reason = "%s:%s: %s".formatted(uri.getHost(), port(uri), why);
    this.tls = tls;
    this.ofAnotherHost = ofAnotherHost;
  }

  /** Creates the exception from the fault that ended a call. */
  static UnreachableException of(URI uri, Throwable fault) {
    var tls = find(fault, SSLException.class);
    if (tls.isPresent()) {
      return new UnreachableException(
          uri, FaultText.of(tls.get()), true, false, FaultText.isOfAnotherHost(fault));
    }
    return new UnreachableException(uri, why(fault));
  }

  /** Creates the exception for a connection that the server closed instead of answering. */
  public static UnreachableException closed(URI uri) {
    return new UnreachableException(
        uri, "the connection was closed without an answer", false, true, false);
  }

  private static String why(Throwable fault) {
    if (find(fault, UnresolvedAddressException.class).isPresent()
        || find(fault, UnknownHostException.class).isPresent()) {
      return "no such host";
    }
    if (find(fault, HttpConnectTimeoutException.class).isPresent()) {
      return "no connection in time";
    }
    if (find(fault, ConnectException.class).isPresent()) {
      return "the connection was refused";
    }
    return FaultText.of(fault instanceof ExecutionException ? fault.getCause() : fault);
  }

  private static <T> Optional<T> find(Throwable fault, Class<T> type) {
    return FaultText.causes(fault).filter(type::isInstance).map(type::cast).findFirst();
  }

  private static int port(URI uri) {
    if (uri.getPort() >= 0) {
      return uri.getPort();
    }
    return "https".equals(uri.getScheme()) ? 443 : 80;
  }

  /** Returns the host, the port and the reason. */
  public String reason() {
    return reason;
  }

  /** Returns whether the connection was established, but TLS failed. */
  public boolean isAboutTls() {
    return tls;
  }

  /** Returns whether TLS failed because the certificate is for another host. */
  public boolean isOfAnotherHost() {
    return ofAnotherHost;
  }

  /** Returns whether the server closed the connection instead of answering: a refusal. */
  public boolean isClosed() {
    return closed;
  }
}

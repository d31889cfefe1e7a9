package io.gatehouse.cli.http;

import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** Thrown if no whole answer came from an address; has the reason. */
public final class UnreachableException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String reason;
  private final boolean tls;
  private final boolean closed;

  public UnreachableException(URI uri, String why) {
    this(uri, why, false, false);
  }

  private UnreachableException(URI uri, String why, boolean tls, boolean closed) {
    super(why);
    this.closed = closed;
    this.reason = "%s:%s: %s".formatted(uri.getHost(), port(uri), why);
    this.tls = tls;
  }

  /** Creates the exception from the fault that ended a call. */
  static UnreachableException of(URI uri, Throwable fault) {
    var tls = find(fault, SSLException.class);
    if (tls.isPresent()) {
      return new UnreachableException(uri, String.valueOf(tls.get().getMessage()), true, false);
    }
    return new UnreachableException(uri, why(fault));
  }

  /** Creates the exception for a connection that the server closed instead of answering. */
  public static UnreachableException closed(URI uri) {
    return new UnreachableException(
        uri, "the connection was closed without an answer", false, true);
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
    var last = causes(fault).reduce(fault, (earlier, later) -> later);
    return last.getMessage() == null ? last.getClass().getSimpleName() : last.getMessage();
  }

  private static <T> Optional<T> find(Throwable fault, Class<T> type) {
    return causes(fault).filter(type::isInstance).map(type::cast).findFirst();
  }

  private static Stream<Throwable> causes(Throwable fault) {
    return Stream.iterate(fault, it -> it != null, Throwable::getCause).limit(20);
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

  /** Returns whether the server closed the connection instead of answering: a refusal. */
  public boolean isClosed() {
    return closed;
  }
}

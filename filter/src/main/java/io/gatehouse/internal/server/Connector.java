package io.gatehouse.internal.server;

import io.gatehouse.internal.message.FaultText;
import io.gatehouse.internal.server.Routes.Route;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * Connects to servers, with TLS and through proxies where necessary. Nothing of a request is sent
 * before a connection is complete, so each failure until then leads to the next address.
 */
final class Connector {
  private static final Pattern NUMERIC = Pattern.compile("[0-9.]+|.*:.*");
  private static final int PASSWORD_WANTED = 407; // RFC 9110 15.5.8

  /** A complete connection, and the route that it took. */
  record Opened(Socket socket, Route route) {}

  private final Duration timeout;
  private final SSLContext trust;
  private final Routes routes;

  /**
   * Creates the connector.
   *
   * @param timeout the maximum time for connecting, for all addresses together
   */
  Connector(Duration timeout, SSLContext trust, Routes routes) {
    this.timeout = timeout;
    this.trust = trust;
    this.routes = routes;
  }

  /**
   * Opens a connection to the server of an address.
   *
   * @throws LoginFailedException if a proxy refuses
   * @throws IOException if no route leads to the server; the most telling of all failures
   */
  Opened open(URI uri, Connection connection) throws IOException, LoginFailedException {
    var end = System.nanoTime() + timeout.toNanos();
    var ways = routes.to(uri);
    @Nullable IOException reported = null;
    for (var i = 0; i < ways.size(); i++) {
      var share = Duration.ofNanos((end - System.nanoTime()) / (ways.size() - i));
      try {
        var opened = opened(uri, ways.get(i), connection, share, i == ways.size() - 1);
        routes.connected(ways.get(i));
        return opened;
      } catch (IOException e) {
        reported = reported instanceof SSLException ? reported : e;
      }
    }
    throw reported == null ? new SocketException() : reported;
  }

  private Opened opened(URI uri, Route route, Connection connection, Duration share, boolean last)
      throws IOException, LoginFailedException {
    // Another address may answer faster; after the last one, only the deadline of the call counts.
    var patience = last ? 0 : (int) timeout.toMillis();
    var plain = connection.connect(route, share);
    try {
      return complete(uri, route, plain, patience);
    } catch (IOException e) {
      if (!isBroken(e)) {
        throw e;
      }
      // A load balancer closes what its server has just left: a second attempt may end elsewhere.
      return complete(uri, route, connection.connect(route, share), patience);
    }
  }

  private static boolean isBroken(IOException e) {
    return FaultText.causes(e)
        .anyMatch(it -> it instanceof EOFException || it.getClass() == SocketException.class);
  }

  private Opened complete(URI uri, Route route, Socket plain, int patience)
      throws IOException, LoginFailedException {
    if (!Routes.isTls(uri)) {
      return new Opened(plain, route);
    }
    plain.setSoTimeout(patience);
    if (route.proxied()) {
      tunnel(uri, route, plain);
    }
    var secured = secured(uri, plain);
    plain.setSoTimeout(0); // from here on, the deadline of the whole call counts
    return new Opened(secured, route);
  }

  // RFC 9110 9.3.6
  private static void tunnel(URI uri, Route proxy, Socket plain)
      throws IOException, LoginFailedException {
    var target = uri.getHost() + ":" + Routes.port(uri);
    var request =
        "CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\nUser-Agent: Gatehouse\r\n\r\n";
    plain.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    // Before the client begins TLS, a server sends nothing: no byte is lost in a buffer.
    var status = new ResponseReader(plain.getInputStream()).head().status();
    requireNoPassword(proxy, status);
    if (status >= 300) {
      throw refusal(proxy, "refuses to connect to " + target + ": status " + status);
    }
  }

  /**
   * Refuses a status with which a proxy asks for a password.
   *
   * @throws LoginFailedException with the name of the proxy
   */
  static void requireNoPassword(Route route, int status) throws LoginFailedException {
    if (route.proxied() && status == PASSWORD_WANTED) {
      throw refusal(route, "wants a password (407), which cannot be set: let the host pass");
    }
  }

  private static LoginFailedException refusal(Route proxy, String reason) {
    return new LoginFailedException(
        Failure.UNAVAILABLE, "the proxy " + proxy.name() + " " + reason);
  }

  private SSLSocket secured(URI uri, Socket plain) throws IOException {
    var host = Routes.host(uri);
    var secured =
        (SSLSocket) trust.getSocketFactory().createSocket(plain, host, Routes.port(uri), true);
    var parameters = secured.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS"); // RFC 9110 4.3.4
    if (!NUMERIC.matcher(host).matches()) {
      parameters.setServerNames(List.of(new SNIHostName(host.replaceFirst("[.]$", ""))));
    }
    secured.setSSLParameters(parameters);
    secured.startHandshake();
    return secured;
  }
}

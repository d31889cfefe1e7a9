package io.gatehouse.internal.server;

import io.gatehouse.internal.message.FaultText;
import io.gatehouse.internal.server.ResponseReader.TooLongException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.SSLContext;

/**
 * Calls over HTTP/1.1, each on a connection of its own (docs/decisions/0038-connections.md), with
 * one deadline for the whole call, a bounded body and no redirects.
 */
public final class HttpServerCalls implements ServerCalls, AutoCloseable {
  private static final Set<String> GZIP = Set.of("gzip", "x-gzip"); // RFC 9110 8.4.1.3
  private static final Set<String> OTHER_CODINGS = Set.of("br", "compress", "deflate", "zstd");

  private final ExecutorService executor;
  private final Connector connector;
  private final Duration deadline;
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();

  /**
   * Creates the calls, without a thread yet.
   *
   * @param connectTimeout the maximum time for connecting
   * @param deadline the maximum time for a call, from connecting to the last byte of the body
   * @param trust the trusted certificates, and the client's key
   */
  public HttpServerCalls(Duration connectTimeout, Duration deadline, SSLContext trust) {
    this(connectTimeout, deadline, trust, new Routes());
  }

  HttpServerCalls(Duration connectTimeout, Duration deadline, SSLContext trust, Routes routes) {
    this.executor = Executors.newCachedThreadPool(HttpServerCalls::thread);
    this.connector = new Connector(connectTimeout, trust, routes);
    this.deadline = deadline;
  }

  // The threads outlive a call by a minute. With the application's class loader a thread would keep
  // the whole application in memory for that time, and Tomcat would warn of a leak.
  private static Thread thread(Runnable task) {
    var thread = new Thread(task, "gatehouse-http");
    thread.setDaemon(true);
    thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
    return thread;
  }

  @Override
  public ServerResponse get(URI uri) throws LoginFailedException {
    return send(RequestMessage.get(uri));
  }

  @Override
  public ServerResponse post(URI uri, Map<String, String> form) throws LoginFailedException {
    return send(RequestMessage.post(uri, form));
  }

  private ServerResponse send(RequestMessage request) throws LoginFailedException {
    var connection = new Connection();
    connections.add(connection);
    try {
      return answer(request, connection);
    } finally {
      connection.end();
      connections.remove(connection);
    }
  }

  private ServerResponse answer(RequestMessage request, Connection connection)
      throws LoginFailedException {
    try {
      var call = executor.submit(() -> exchange(request, connection));
      return call.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw failed(request, connection, "no whole answer within " + deadline.toMillis() + " ms");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof LoginFailedException told) {
        throw told;
      }
      throw failed(request, connection, FaultText.of(e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed(request, connection, "interrupted");
    } catch (RejectedExecutionException e) {
      throw failed(request, connection, "the application is stopping");
    }
  }

  private ServerResponse exchange(RequestMessage request, Connection connection)
      throws IOException, LoginFailedException {
    var opened = connector.open(request.uri(), connection);
    var forwarded = opened.route().proxied() && !Routes.isTls(request.uri());
    var message = forwarded ? request.toProxy() : request.toServer();
    connection.beginSending();
    opened.socket().getOutputStream().write(message);
    var reader = new ResponseReader(opened.socket().getInputStream());
    var head = reader.head();
    if (forwarded) {
      Connector.requireNoPassword(opened.route(), head.status());
    }
    try {
      var content = content(request, head, reader.body(head));
      return new ServerResponse(head.status(), content, head.retryAfter());
    } catch (TooLongException e) {
      throw new LoginFailedException(
          Failure.INVALID_ANSWER, SecureUri.shown(request.uri()) + " answers with more than 1 MiB");
    }
  }

  // The content is packed although identity was asked for (RFC 9110 12.5.3). It may be the only
  // copy of new tokens, so gzip is unpacked, within the limit of every body.
  private static byte[] content(RequestMessage request, ResponseHead head, byte[] body)
      throws IOException, LoginFailedException {
    var coding = head.contentCoding();
    if (coding.equals("identity") || body.length == 0) {
      return body;
    }
    if (!GZIP.contains(coding)) {
      var name = OTHER_CODINGS.contains(coding) ? coding : "of an unknown name";
      throw new LoginFailedException(
          Failure.UNAVAILABLE,
          request
              + ": the response has a Content-Encoding "
              + name
              + ", and identity was asked for",
          head.retryAfter());
    }
    try (var unpacked = new GZIPInputStream(new ByteArrayInputStream(body))) {
      return ResponseReader.bounded(unpacked);
    }
  }

  // Fetching a document twice does no harm, so only the response to a POST counts as lost. A
  // request that was never sent has not reached the authorization server.
  private static LoginFailedException failed(
      RequestMessage request, Connection connection, String why) {
    return connection.end() && request.isPost()
        ? new LoginFailedException(Failure.ANSWER_LOST, request + ": " + why)
        : unavailable(request, why);
  }

  private static LoginFailedException unavailable(RequestMessage request, String why) {
    return new LoginFailedException(Failure.UNAVAILABLE, request + ": " + why);
  }

  /** Ends calls and threads, so that no object of the application remains after undeployment. */
  @Override
  public void close() {
    executor.shutdownNow();
    connections.forEach(Connection::end);
  }
}

package io.gatehouse.it.containers.doors;

import java.io.ByteArrayOutputStream;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HostPortHttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.api.Session;
import org.eclipse.jetty.http2.api.Stream;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.frames.HeadersFrame;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** An HTTP/2 client in clear, with prior knowledge, that sends paths exactly as given. */
final class Http2 implements AutoCloseable {
  private static final long MAX_SECONDS = 5;

  private final int port;
  private final HTTP2Client client;
  private @Nullable Session session;

  Http2(int port) {
    this.port = port;
    client = new HTTP2Client();
    try {
      client.start();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * An answer.
   *
   * @param status 0 if the container reset the stream or closed the connection
   */
  record Answer(int status, String body) {}

  /** Sends a request without a body, and returns the answer. */
  Answer send(String method, String path, String... headers) {
    var request = new MetaData.Request(method, uri(path), HttpVersion.HTTP_2, fields(headers));
    return exchange(new HeadersFrame(request, null, true), false);
  }

  // Jetty's own URI would refuse many of the paths; with this they are sent as they are.
  private HttpURI uri(String path) {
    var root = HttpURI.from("http://localhost:" + port + "/");
    return (HttpURI)
        Proxy.newProxyInstance(
            Http2.class.getClassLoader(),
            new Class<?>[] {HttpURI.class},
            (proxy, method, arguments) ->
                method.getName().equals("getPathQuery") ? path : method.invoke(root, arguments));
  }

  /**
   * Sends an extended CONNECT (RFC 8441), and returns the answer with the first frame of an open
   * WebSocket.
   */
  Answer openSocket(String path, String... headers) {
    var authority = new HostPortHttpField("localhost:" + port);
    var fields = HttpFields.build(fields(headers)).add("sec-websocket-version", "13");
    return exchange(
        new HeadersFrame(
            new MetaData.ConnectRequest("http", authority, path, fields, "websocket"), null, false),
        true);
  }

  private static HttpFields fields(String... headers) {
    var fields = HttpFields.build();
    for (var header : headers) {
      var colon = header.indexOf(':');
      fields.add(header.substring(0, colon), header.substring(colon + 1).strip());
    }
    return fields;
  }

  private Answer exchange(HeadersFrame request, boolean endsAtMarker) {
    var reading = new Reading(endsAtMarker);
    try {
      var stream = open().newStream(request, reading).get(MAX_SECONDS, TimeUnit.SECONDS);
      try {
        return reading.whole.get(MAX_SECONDS, TimeUnit.SECONDS);
      } catch (TimeoutException late) {
        session = null;
        return reading.soFar();
      } finally {
        if (endsAtMarker) {
          stream.reset(new ResetFrame(stream.getId(), 8), Callback.NOOP);
        }
      }
    } catch (ExecutionException | TimeoutException refused) {
      session = null;
      return reading.soFar();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private Session open() throws InterruptedException, ExecutionException, TimeoutException {
    var open = session;
    if (open == null || open.isClosed()) {
      open =
          client
              .connect(
                  new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                  new Session.Listener() {})
              .get(MAX_SECONDS, TimeUnit.SECONDS);
      session = open;
    }
    return open;
  }

  @Override
  public void close() {
    try {
      client.stop();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class Reading implements Stream.Listener {
    private final CompletableFuture<Answer> whole = new CompletableFuture<>();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final boolean endsAtMarker;
    private volatile int status;

    private Reading(boolean endsAtMarker) {
      this.endsAtMarker = endsAtMarker;
    }

    private Answer soFar() {
      return new Answer(status, text());
    }

    private String text() {
      return body.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void onHeaders(Stream stream, HeadersFrame frame) {
      if (frame.getMetaData() instanceof MetaData.Response response) {
        status = response.getStatus();
      }
      next(stream, frame.isEndStream());
    }

    @Override
    public void onDataAvailable(Stream stream) {
      var data = stream.readData();
      if (data == null) {
        stream.demand();
        return;
      }
      var buffer = data.frame().getByteBuffer();
      var bytes = new byte[buffer.remaining()];
      buffer.get(bytes);
      body.writeBytes(bytes);
      var last = data.frame().isEndStream();
      data.release();
      next(stream, last || (endsAtMarker && text().contains("SECRET")));
    }

    private void next(Stream stream, boolean ended) {
      if (ended) {
        whole.complete(soFar());
      } else {
        stream.demand();
      }
    }

    @Override
    public void onReset(Stream stream, ResetFrame frame, Callback callback) {
      callback.succeeded();
      whole.complete(soFar());
    }

    @Override
    public void onFailure(
        Stream stream, int error, String reason, Throwable failure, Callback callback) {
      callback.succeeded();
      whole.complete(soFar());
    }
  }
}

package io.gatehouse.it.cli;

import io.gatehouse.it.servers.RawAnswer;
import io.gatehouse.it.servers.ReceivedCall;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An application that is guarded as Gatehouse guards one, until a test gives it a hole: requests
 * that receive another answer. The application speaks HTTP/1.1 and HTTP/2 with prior knowledge.
 */
final class LyingApplication implements AutoCloseable {
  /** A path that asks for a login. */
  static final String PATH = "/ws/chat";

  private static final int MAX_WAITING = 100;
  private static final int MAX_READING_MILLISECONDS = 5_000;
  private static final Pattern AMBIGUOUS = Pattern.compile("//|/[.]|;|%2[eEfF]");

  private final String context;
  private final ServerSocket listener;
  private final ServerSocket elsewhere;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            var thread = new Thread(task, "lying-application");
            thread.setDaemon(true);
            return thread;
          });
  private final List<ReceivedCall> received = new CopyOnWriteArrayList<>();
  private volatile @Nullable Hole hole;
  private volatile @Nullable RawAnswer everything;
  private final AtomicInteger connectionsElsewhere = new AtomicInteger();
  private final AtomicInteger requestsByHttp2 = new AtomicInteger();

  /**
   * Requests that receive another answer.
   *
   * @param head matches the head of a request; the head of an HTTP/2 request is written in the form
   *     of HTTP/1.1
   */
  record Hole(Predicate<String> head, Function<ReceivedCall, RawAnswer> answer, int http2Status) {
    static Hole of(Predicate<String> head, int status) {
      return new Hole(head, it -> page(status), status);
    }

    /** Creates a hole with this answer, over HTTP/1.1. */
    static Hole of(Predicate<String> head, RawAnswer answer) {
      return new Hole(head, it -> answer, 401);
    }

    /** Creates a hole that shows the request in its answer. */
    static Hole echoing(Predicate<String> head) {
      return new Hole(
          head, it -> RawAnswer.whole(200, "message/http", RawAnswer.ascii(it.head())), 401);
    }

    static RawAnswer page(int status) {
      return RawAnswer.whole(status, "text/html", RawAnswer.ascii("<!doctype html><p>Secret"));
    }
  }

  /**
   * Starts the application.
   *
   * @param context the context path
   */
  LyingApplication(String context) {
    this.context = context;
    listener = listen();
    elsewhere = listen();
    threads.execute(() -> accept(listener, this::answer));
    threads.execute(() -> accept(elsewhere, it -> connectionsElsewhere.incrementAndGet()));
  }

  private static ServerSocket listen() {
    try {
      var socket = new ServerSocket();
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), MAX_WAITING);
      return socket;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A reaction to a connection. */
  private interface Reaction {
    void to(Socket socket) throws IOException;
  }

  private void accept(ServerSocket from, Reaction reaction) {
    while (!from.isClosed()) {
      try {
        var socket = from.accept();
        threads.execute(() -> react(socket, reaction));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private static void react(Socket connection, Reaction reaction) {
    try (var socket = connection) {
      socket.setSoTimeout(MAX_READING_MILLISECONDS);
      reaction.to(socket);
    } catch (IOException gone) {
      // the other side has closed the connection, which it may do
    }
  }

  private void answer(Socket socket) throws IOException {
    var call = ReceivedCall.read(socket.getInputStream());
    var wrong = everything;
    if (wrong != null) {
      received.add(call);
      wrong.write(socket);
    } else if (call.head().startsWith("PRI ")) {
      requestsByHttp2.incrementAndGet();
      var http2 = new Http2Answer(socket);
      var head = http2.requestHead();
      var open = hole;
      http2.send(open != null && open.head().test(head) ? open.http2Status() : status(head));
    } else {
      received.add(call);
      answer(call).write(socket);
    }
  }

  private RawAnswer answer(ReceivedCall call) {
    var head = call.head();
    var open = hole;
    if (open != null && open.head().test(head)) {
      return open.answer().apply(call);
    }
    if (call.target().equals(context + "/gatehouse/jwks")) {
      return keys();
    }
    var status = status(head);
    return status == 302
        ? RawAnswer.redirect(302, loginAddress())
        : RawAnswer.whole(status, "text/plain", new byte[0]);
  }

  // The status that Gatehouse sends to a stranger.
  private int status(String head) {
    var target = head.split(" ", 3)[1];
    if (AMBIGUOUS.matcher(target).find()) {
      return 400;
    }
    if (!target.startsWith(context + "/")) {
      return 404;
    }
    if (head.startsWith("TRACE ")) {
      return 405;
    }
    return head.contains("Sec-Fetch-Mode: navigate") ? 302 : 401;
  }

  private String loginAddress() {
    return "http://127.0.0.1:%d/authorize?client_id=shop&request_uri=x"
        .formatted(elsewhere.getLocalPort());
  }

  /** Returns the application's keys, which only Gatehouse has. */
  static RawAnswer keys() {
    return RawAnswer.json("{\"keys\":[{\"kty\":\"EC\"}]}");
  }

  /** Opens this hole. */
  void open(Hole hole) {
    this.hole = hole;
  }

  /** Gives this answer to every connection, whatever it requests. */
  void answerEverything(RawAnswer answer) {
    everything = answer;
  }

  String url() {
    return "http://127.0.0.1:" + listener.getLocalPort() + context;
  }

  /** Returns the requests over HTTP/1.1 so far. */
  List<ReceivedCall> received() {
    return List.copyOf(received);
  }

  /** Counts all requests so far. */
  int requests() {
    return received.size() + requestsByHttp2.get();
  }

  /** Counts the connections to the address to which the redirects lead. */
  int connectionsElsewhere() {
    return connectionsElsewhere.get();
  }

  @Override
  public void close() {
    try {
      listener.close();
      elsewhere.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      threads.shutdownNow();
    }
  }
}

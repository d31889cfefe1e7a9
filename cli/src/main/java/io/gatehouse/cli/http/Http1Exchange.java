package io.gatehouse.cli.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * One HTTP/1.1 request (RFC 9112), with its target exactly as given: every client library rewrites
 * a path with dots. Only the first 64 KiB of an endless answer are read.
 */
public final class Http1Exchange {
  private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1[.][01] ([1-9]\\d\\d)( .*)?");
  private static final Pattern INTERIM = Pattern.compile("HTTP/1[.][01] 1(?!01)\\d\\d");
  private static final String HEAD_END = "\r\n\r\n";
  private static final byte[] CLOSE_FRAME = {
    (byte) 0x88, (byte) 0x80, 0, 0, 0, 0
  }; // RFC 6455 5.5.1

  private final ApplicationUrl application;
  private final Duration deadline;

  public Http1Exchange(ApplicationUrl application, Duration deadline) {
    this.application = application;
    this.deadline = deadline;
  }

  /**
   * Sends a request without a body.
   *
   * @param headers one line each, besides Host
   */
  public WebAnswer send(String method, String target, List<String> headers)
      throws UnreachableException {
    var sent = Instant.now();
    try (var connection = new Connection(application, deadline, "http/1.1")) {
      var received = new ByteArrayOutputStream();
      try {
        connection.write(request(method, target, headers));
        readHead(connection, received);
      } catch (IOException e) {
        if (received.size() == 0 && !connection.isExpired()) { // a connection reset
          throw UnreachableException.closed(application.origin());
        }
        throw e;
      }
      return answer(connection, received, method, sent);
    } catch (IOException e) {
      throw UnreachableException.of(application.origin(), e);
    }
  }

  private byte[] request(String method, String target, List<String> headers) {
    var text = new StringBuilder(method).append(' ').append(target).append(" HTTP/1.1\r\n");
    text.append("Host: ").append(application.authority()).append("\r\n");
    headers.forEach(it -> text.append(it).append("\r\n"));
    return text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private void readHead(Connection connection, ByteArrayOutputStream received)
      throws IOException, UnreachableException {
    while (!isWhole(latin(received))) {
      var bytes = connection.read();
      if (bytes.length == 0 && received.size() == 0) {
        throw UnreachableException.closed(application.origin());
      }
      if (bytes.length == 0) {
        throw new FailedExchangeException(
            connection.isFull()
                ? "a head of more than 64 KiB"
                : "the connection ended in the head of the answer");
      }
      received.write(bytes);
      if (!"HTTP/1.".regionMatches(0, latin(received), 0, Math.min(7, received.size()))) {
        throw new FailedExchangeException("an answer that is not HTTP");
      }
    }
  }

  private static String latin(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.ISO_8859_1);
  }

  // Interim answers, such as 103, come before the final head (RFC 9110 15.2).
  private static boolean isWhole(String text) {
    return finalHead(text).contains(HEAD_END);
  }

  private static String finalHead(String text) {
    var rest = text;
    while (INTERIM.matcher(rest).lookingAt() && rest.contains(HEAD_END)) {
      rest = rest.substring(rest.indexOf(HEAD_END) + HEAD_END.length());
    }
    return rest;
  }

  private WebAnswer answer(
      Connection connection, ByteArrayOutputStream received, String method, Instant sent)
      throws IOException {
    var text = finalHead(latin(received));
    var lines = text.substring(0, text.indexOf(HEAD_END)).split("\r\n", -1);
    var status = STATUS_LINE.matcher(lines[0]);
    if (!status.matches()) {
      throw new FailedExchangeException("an answer that is not HTTP");
    }
    var code = Integer.parseInt(status.group(1));
    var headers = headers(lines);
    var body = text.substring(text.indexOf(HEAD_END) + HEAD_END.length());
    if (code == 101) {
      connection.write(CLOSE_FRAME);
    } else if (!method.equals("HEAD") && code != 204 && code != 304) {
      body = new Http1Body(headers).read(body, connection);
    }
    return new WebAnswer(
        application.origin(),
        code,
        headers,
        body.getBytes(StandardCharsets.ISO_8859_1),
        sent,
        Instant.now());
  }

  private static HttpHeaders headers(String... lines) throws IOException {
    var headers = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
    for (int i = 1; i < lines.length; i++) {
      var pair = lines[i].split(":", 2);
      if (pair.length < 2 || pair[0].isBlank()) {
        throw new FailedExchangeException("an answer that is not HTTP");
      }
      headers
          .computeIfAbsent(pair[0].strip().toLowerCase(Locale.ROOT), it -> new ArrayList<>())
          .add(pair[1].strip());
    }
    return HttpHeaders.of(headers, (name, value) -> true);
  }
}

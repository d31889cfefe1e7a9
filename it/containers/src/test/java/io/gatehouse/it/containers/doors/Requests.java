package io.gatehouse.it.containers.doors;

import io.gatehouse.attacks.PathSpellings;
import io.gatehouse.it.servers.Browser;
import io.gatehouse.it.servers.container.RawHttp;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Requests of strangers and users that containers and Gatehouse answer correctly. */
final class Requests {
  private static final String CONTEXT = "/doors";
  private static final String USER = "auditor";
  private static final List<String> METHODS =
      List.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "get", "FOO");

  /** Paths below the context path. */
  private static final List<String> PATHS =
      List.of(
          "",
          "/",
          "/secret",
          "/file.txt",
          "/counts",
          "/not-there",
          "/dir",
          "/open/fault",
          "/open/not-there",
          "/open/dispatch?by=forward&to=/secret",
          "/open/dispatch?by=include&to=/secret",
          "/open/dispatch?by=async&to=/secret",
          "/open/dispatch?by=thread",
          "/open/dispatch?by=forward&to=/not-there",
          "/open/dispatch?by=nothing",
          "/async",
          "/error-page",
          "/page.jsp",
          "/rest/door",
          "/boss/secret",
          "/gatehouse/jwks",
          "/gatehouse/login",
          "/gatehouse/callback",
          "/gatehouse/callback?code=x&state=y",
          "/gatehouse/logout",
          "/gatehouse/logged-out",
          "/gatehouse/request/none",
          "/gatehouse/backchannel-logout",
          "/gatehouse/not-there",
          "/WEB-INF/web.xml",
          "/META-INF/MANIFEST.MF");

  /** Paths below the context path, for GET only. */
  private static final List<String> MALFORMED =
      List.of(
          "/%",
          "/%zz",
          "/secret%00",
          "/%2e%2e/secret",
          "/..",
          "/../secret",
          "/../../secret",
          "/../xxxxxxsecret",
          "/../doors/secret",
          "/open/../secret",
          "/open/..;/secret",
          "/;/secret",
          "/secret;x=1",
          "/secret;",
          "\\secret",
          "/open\\..\\secret",
          "/%5csecret",
          "/%2fsecret",
          "//secret",
          "/./secret",
          "/secret/.",
          "/%c0%af",
          "/%ff",
          "/secret?%",
          "/secret?a=%zz",
          "/secret#x",
          "/se cret",
          "/<script>",
          "/" + "a".repeat(5000),
          "/" + "a".repeat(20000));

  /** Whole requests, with {@code %s} for the port and a bar for the end of a line. */
  private static final List<String> RAW =
      List.of(
          "GET /doors/secret HTTP/1.1||",
          "GET /doors/secret HTTP/1.0||",
          "GET /doors/secret||",
          "GET /doors/secret HTTP/9.9|Host: localhost:%s||",
          "GET http://localhost:%s/doors/secret HTTP/1.1|Host: localhost:%1$s||",
          "GET http://evil.example/doors/secret HTTP/1.1|Host: localhost:%s||",
          "OPTIONS * HTTP/1.1|Host: localhost:%s||",
          "CONNECT localhost:%s HTTP/1.1|Host: localhost:%1$s||",
          "GET /doors/secret HTTP/1.1|Host: a b||",
          "GET /doors/secret HTTP/1.1|Host: localhost:%s|Host: evil.example||",
          "GET /doors/secret HTTP/1.1|Host: localhost:%s|Bad Header: x||",
          "GET /doors/secret HTTP/1.1|Host: localhost:%s|X: " + "x".repeat(70000) + "||",
          "POST /doors/secret HTTP/1.1|Host: localhost:%s|Content-Length: x||",
          "POST /doors/secret HTTP/1.1|Host: localhost:%s|Content-Length: -1||",
          "POST /doors/secret HTTP/1.1|Host: localhost:%s|Content-Length: 1|"
              + "Transfer-Encoding: chunked||0||",
          "POST /doors/secret HTTP/1.1|Host: localhost:%s|Transfer-Encoding: chunked||" + "zz|",
          "POST /doors/counts HTTP/1.1|Host: localhost:%s|Transfer-Encoding: none||",
          "POST /doors/secret HTTP/1.1|Host: localhost:%s|Content-Length: 100000||abc",
          "POST /doors/counts HTTP/1.1|Host: localhost:%s|Content-Length: 100000||abc",
          "POST /doors/secret HTTP/1.1|Host: localhost:%s|Expect: 100-continue|"
              + "Content-Length: 5||",
          "POST /doors/secret HTTP/1.1|Host: localhost:%s|Expect: the-impossible|"
              + "Content-Length: 0||",
          "GET /doors/secret HTTP/1.1|Host: localhost:%s|Connection: Upgrade, HTTP2-Settings|"
              + "Upgrade: h2c|HTTP2-Settings: AAMAAABkAAQAAP__||",
          "GET /doors/ws/door HTTP/1.1|Host: localhost:%s|Connection: Upgrade|"
              + "Upgrade: websocket||",
          "GET /doors/ws/door HTTP/1.1|Host: localhost:%s|Connection: Upgrade|"
              + "Upgrade: websocket|Sec-WebSocket-Version: 99|"
              + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==||",
          "GET /doors/counts HTTP/1.1|Host: localhost:%s|Range: bytes=5-1||",
          "\u0000\u0001\u0002||");

  private static final int EVERY_SPELLING = 7 * Doors.EVERY;

  private final List<Request> all = new ArrayList<>();
  private final Doors doors;

  /**
   * A request, and the function that sends it.
   *
   * @param name for a message
   * @param sending sends the request and returns the beginning of the answer
   */
  record Request(String name, Supplier<String> sending) {
    String send() {
      return sending.get();
    }
  }

  private Requests(Doors doors) {
    this.doors = doors;
  }

  static List<Request> ordinaryAndHostile(Doors doors) {
    var requests = new Requests(doors);
    requests.ofStrangers();
    requests.ofUsers();
    requests.overHttp2();
    return requests.all;
  }

  private void ofStrangers() {
    for (var path : PATHS) {
      METHODS.forEach(it -> add(it, path));
    }
    MALFORMED.forEach(it -> add("GET", it));
    MALFORMED.forEach(it -> all.add(new Request("root GET " + it, () -> sent("GET", it))));
    RAW.forEach(it -> all.add(new Request(brief(it), () -> raw(it))));
  }

  /** Returns other spellings of paths, and paths that leave the application. */
  static List<Request> oddPaths(Doors doors) {
    var requests = new Requests(doors);
    for (var page : List.of("/dir/", "/secret", "/WEB-INF/web.xml")) {
      var spellings = new ArrayList<>(LeavingPaths.of(CONTEXT, page));
      PathSpellings.of(page, List.of("/open", "/gatehouse/jwks"))
          .forEach(it -> spellings.add(CONTEXT + it));
      for (var i = 0; i < spellings.size(); i += EVERY_SPELLING) {
        var path = spellings.get(i);
        requests.all.add(new Request("root GET " + path, () -> requests.sent("GET", path)));
      }
    }
    return requests.all;
  }

  private void add(String method, String path) {
    all.add(new Request(method + " " + brief(path), () -> sent(method, CONTEXT + path)));
  }

  private String sent(String method, String target, String... headers) {
    try (var connection = new RawHttp(doors.port()).within(3000)) {
      return connection.send(method, target, headers).brief();
    }
  }

  private String raw(String request) {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), doors.port())) {
      socket.setSoTimeout(300);
      socket
          .getOutputStream()
          .write(
              request
                  .formatted(doors.port())
                  .replace("|", "\r\n")
                  .getBytes(StandardCharsets.UTF_8));
      var answer = new byte[60];
      var length = socket.getInputStream().read(answer);
      return new String(answer, 0, Math.max(length, 0), StandardCharsets.UTF_8);
    } catch (SocketTimeoutException late) {
      return "no answer";
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static String brief(String text) {
    return text.substring(0, Math.min(text.length(), 120));
  }

  private void ofUsers() {
    for (var path : PATHS) {
      if (!path.startsWith("/gatehouse/logout")) {
        for (var method : List.of("GET", "POST", "OPTIONS", "TRACE")) {
          all.add(
              new Request(
                  "user: " + method + " " + path,
                  () -> sent(method, CONTEXT + path, doors.cookie(CONTEXT, USER))));
        }
      }
    }
    for (var path : MALFORMED) {
      all.add(
          new Request(
              "user: GET " + brief(path),
              () -> sent("GET", CONTEXT + path, doors.cookie(CONTEXT, USER))));
    }
    all.add(new Request("user: handshake", this::handshake));
    all.add(new Request("log in and out", this::logInAndOut));
  }

  private String handshake() {
    return sent(
        "GET",
        CONTEXT + "/ws/door",
        doors.cookie(CONTEXT, USER),
        "Connection: Upgrade",
        "Upgrade: websocket",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
  }

  private String logInAndOut() {
    var browser = new Browser().with("Sec-Fetch-Site", "same-origin");
    browser.logIn(doors.address(CONTEXT, "/secret"), USER);
    var out = browser.send("POST", doors.address(CONTEXT, "/gatehouse/logout"), "");
    return out.statusCode() + " " + browser.follow(out).statusCode();
  }

  private void overHttp2() {
    for (var path : PATHS) {
      for (var method : List.of("GET", "TRACE")) {
        all.add(new Request("h2: " + method + " " + path, () -> http2(method, CONTEXT + path)));
      }
    }
    MALFORMED.stream()
        .filter(it -> it.length() < 1000)
        .forEach(it -> all.add(new Request("h2: GET " + it, () -> http2("GET", CONTEXT + it))));
  }

  private String http2(String method, String path) {
    try (var connection = new Http2(doors.port())) {
      return String.valueOf(connection.send(method, path, "accept: text/html").status());
    } catch (RuntimeException refused) {
      return refused.toString();
    }
  }
}

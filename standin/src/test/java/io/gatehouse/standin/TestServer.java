package io.gatehouse.standin;

import com.nimbusds.jose.util.JSONObjectUtils;
import io.gatehouse.standin.config.Issuer;
import io.gatehouse.standin.config.Person;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The stand-in, started in this process on a free port, and calls to it as a browser makes them.
 */
final class TestServer implements AutoCloseable {

  private static final Pattern LOGIN = Pattern.compile("name=\"login\" value=\"([^\"]+)\"");

  private final HttpClient http = HttpClient.newHttpClient();
  private final ConfigurableApplicationContext context;
  private final Issuer issuer;

  private TestServer(ConfigurableApplicationContext context) {
    this.context = context;
    this.issuer = context.getBean(Issuer.class);
  }

  static TestServer start(String... options) throws IOException {
    var port = "--server.port=" + freePort();
    var all = Stream.concat(Stream.of(port), Stream.of(options)).toArray(String[]::new);
    return new TestServer(StandIn.start(all));
  }

  /** One of the server's own, for what no call can bring about at will. */
  <T> T part(Class<T> type) {
    return context.getBean(type);
  }

  Issuer issuer() {
    return issuer;
  }

  HttpResponse<String> get(String url, String... headers) throws Exception {
    var request = HttpRequest.newBuilder(URI.create(url));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  HttpResponse<String> post(String url, Map<String, String> form) throws Exception {
    return post(url, "application/x-www-form-urlencoded", form(form));
  }

  HttpResponse<String> post(String url, String contentType, String body, String... headers)
      throws Exception {
    var request = HttpRequest.newBuilder(URI.create(url)).header("Content-Type", contentType);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
  }

  /** A button of the wallet page. */
  HttpResponse<String> choose(HttpResponse<String> walletPage, Person person) throws Exception {
    var login = LOGIN.matcher(walletPage.body());
    if (!login.find()) {
      throw new AssertionError("no wallet page: " + walletPage);
    }
    return post(issuer.url("/wallet"), Map.of("login", login.group(1), "person", person.id()));
  }

  void register(Map<String, Object> registration) throws Exception {
    var answer =
        post(control("clients"), "application/json", JSONObjectUtils.toJSONString(registration));
    if (answer.statusCode() != 204) {
      throw new AssertionError(answer.statusCode() + " " + answer.body());
    }
  }

  Map<String, Object> calls() throws Exception {
    return json(get(control("calls")));
  }

  Object violations() throws Exception {
    return calls().getOrDefault("violations", "none");
  }

  String control(String name) {
    return issuer.ofTokens() + "/standin/" + name;
  }

  static Map<String, Object> json(HttpResponse<String> answer) throws ParseException {
    return JSONObjectUtils.parse(answer.body());
  }

  static String location(HttpResponse<String> answer) {
    return answer.headers().firstValue("Location").orElse("none");
  }

  static String form(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(p -> p.getKey() + "=" + URLEncoder.encode(p.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  @Override
  public void close() {
    context.close();
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}

package io.gatehouse.internal.server;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * A request in the form of HTTP/1.1 (RFC 9112 section 3). Its form may contain a code, so the
 * string form hides it.
 */
final class RequestMessage {
  private final URI uri;
  private final Optional<byte[]> form;

  private RequestMessage(URI uri, Optional<byte[]> form) {
    this.uri = URI.create(uri.toASCIIString());
    this.form = form;
  }

  static RequestMessage get(URI uri) {
    return new RequestMessage(uri, Optional.empty());
  }

  static RequestMessage post(URI uri, Map<String, String> form) {
    var body = FormEncoding.encode(form).getBytes(StandardCharsets.UTF_8);
    return new RequestMessage(uri, Optional.of(body));
  }

  URI uri() {
    return uri;
  }

  boolean isPost() {
    return form.isPresent();
  }

  /** Returns the whole request, to be sent to the authorization server. */
  byte[] toServer() {
    return message(target());
  }

  /** Returns the whole request, to be sent to a proxy that forwards it (RFC 9112 section 3.2.2). */
  byte[] toProxy() {
    return message(uri.getScheme() + "://" + authority() + target());
  }

  private String target() {
    var path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
  }

  private String authority() {
    return uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
  }

  // RFC 9110 12.5.3: without Accept-Encoding, a server or a proxy may pack the response. RFC 9112
  // 9.6: the connection ends with this exchange (docs/decisions/0038-connections.md).
  private byte[] message(String target) {
    var head =
        new StringBuilder(method() + " " + target + " HTTP/1.1\r\n")
            .append("Host: " + authority() + "\r\n")
            .append("Accept: application/json\r\n")
            .append("Accept-Encoding: identity\r\n")
            .append("User-Agent: Gatehouse\r\n")
            .append("Connection: close\r\n");
    form.ifPresent(
        it ->
            head.append("Content-Type: application/x-www-form-urlencoded\r\n")
                .append("Content-Length: " + it.length + "\r\n"));
    var message = new ByteArrayOutputStream();
    message.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
    form.ifPresent(message::writeBytes);
    return message.toByteArray();
  }

  private String method() {
    return isPost() ? "POST" : "GET";
  }

  @Override
  public String toString() {
    return method() + " " + SecureUri.shown(uri);
  }
}

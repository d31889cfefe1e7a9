package io.gatehouse.internal.web;

import io.gatehouse.internal.server.SecureUri;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where browsers see the application: the configured URL, or, while it is developed on one machine,
 * the address of the request. {@code Host} is a claim of the client and {@code X-Forwarded-*} are
 * never read, so off loopback there is no other way than to configure it (CVE-2025-12543).
 */
public final class PublicUrl {
  private static final Pattern LOOPBACK_HOST =
      Pattern.compile("(localhost|127(?:\\.[0-9]{1,3}){3}|\\[::1])(:[0-9]{1,5})?");
  private static final Pattern LOOPBACK_ADDRESS =
      Pattern.compile("127(\\.[0-9]{1,3}){3}|(0:){7}1(%.*)?|::1(%.*)?");

  private final Optional<String> configured;

  public PublicUrl(Optional<URI> configured) {
    this.configured = configured.map(URI::toString).map(it -> it.replaceFirst("/+$", ""));
  }

  public Optional<String> configured() {
    return configured;
  }

  /** The URL of the application's root, without slash at its end; empty if it cannot be known. */
  public Optional<String> of(HttpServletRequest request) {
    return configured.isPresent() ? configured : onLoopback(request);
  }

  // Both the connection and the Host: behind a proxy on this machine only one of them is loopback.
  private static Optional<String> onLoopback(HttpServletRequest request) {
    var host = request.getHeader("Host");
    if (host == null
        || request.isSecure()
        || !LOOPBACK_HOST.matcher(host).matches()
        || !LOOPBACK_ADDRESS.matcher(request.getRemoteAddr()).matches()
        || !LOOPBACK_ADDRESS.matcher(request.getLocalAddr()).matches()) {
      return Optional.empty();
    }
    return Optional.of("http://" + host + request.getContextPath());
  }

  public static boolean isSecure(String publicUrl) {
    return publicUrl.startsWith("https:");
  }

  /** Whether that URL is one that a server elsewhere cannot reach. */
  public static boolean isOnLoopback(URI url) {
    return SecureUri.isLoopback(url.getHost());
  }
}

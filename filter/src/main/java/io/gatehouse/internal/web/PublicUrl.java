package io.gatehouse.internal.web;

import io.gatehouse.internal.server.SecureUri;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The address of the application as browsers see it: the configured URL or, during development on
 * one machine, the address of the request. {@code Host} is an unverified claim of the client and
 * {@code X-Forwarded-*} are never read, so the URL must be configured off loopback
 * (CVE-2025-12543).
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

  /**
   * Returns the URL of the application's root, without a trailing slash; empty if the URL is
   * unknown.
   */
  public Optional<String> of(HttpServletRequest request) {
    return configured.isPresent() ? configured : onLoopback(request);
  }

  // Checks both the connection and the Host: behind a proxy on this machine only one of them is
  // loopback.
  private static Optional<String> onLoopback(HttpServletRequest request) {
    var host = request.getHeader("Host");
    if (host == null
        || request.isSecure()
        || !LOOPBACK_HOST.matcher(host).matches()
        || !isLoopback(request.getRemoteAddr())
        || !isLoopback(request.getLocalAddr())) {
      return Optional.empty();
    }
    return Optional.of("http://" + host + request.getContextPath());
  }

  // A container has no address for a Unix domain socket, or once the connection is closed.
  private static boolean isLoopback(@Nullable String address) {
    return address != null && LOOPBACK_ADDRESS.matcher(address).matches();
  }

  public static boolean isSecure(String publicUrl) {
    return publicUrl.startsWith("https:");
  }

  /** Returns whether a URL is on loopback, where a remote authorization server cannot reach it. */
  public static boolean isOnLoopback(URI url) {
    return SecureUri.isLoopback(url.getHost());
  }
}

package io.gatehouse.cli.http;

import io.gatehouse.cli.output.CannotDoException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The address of a deployed application: an origin and a context path. The check sends requests to
 * no other address.
 */
public final class ApplicationUrl {
  private static final Pattern CONTEXT = Pattern.compile("(/[A-Za-z0-9._~@-]+)*");
  private static final Pattern DOTS = Pattern.compile("(^|/)[.]{1,2}(/|$)");

  private final URI origin;
  private final String context;

  private ApplicationUrl(URI origin, String context) {
    this.origin = origin;
    this.context = context;
  }

  /**
   * Reads an address such as {@code https://app.example/shop}.
   *
   * @throws CannotDoException if the text is not the http or https address of an application
   */
  public static ApplicationUrl parse(String text) {
    try {
      var uri = new URI(text);
      var scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
      var path = uri.getRawPath() == null ? "" : uri.getRawPath().replaceFirst("/$", "");
      var usable =
          (scheme.equals("http") || scheme.equals("https"))
              && uri.getHost() != null
              && uri.getRawUserInfo() == null
              && uri.getRawQuery() == null
              && uri.getRawFragment() == null
              && CONTEXT.matcher(path).matches()
              && !DOTS.matcher(path).find();
      if (usable) {
        return new ApplicationUrl(URI.create(scheme + "://" + uri.getRawAuthority()), path);
      }
    } catch (URISyntaxException | IllegalArgumentException e) {
      // reported below
    }
    throw new CannotDoException(
        "--application must be the address of the application with its context path and nothing"
            + " more, such as https://app.example/shop");
  }

  /** Returns the context path, empty for the root application. */
  public String context() {
    return context;
  }

  /** Returns the origin, without a path. */
  public URI origin() {
    return origin;
  }

  /** Returns the host and, if the address has one, the port. */
  String authority() {
    return origin.getRawAuthority();
  }

  String host() {
    return origin.getHost().replaceAll("[\\[\\]]", "");
  }

  int port() {
    if (origin.getPort() >= 0) {
      return origin.getPort();
    }
    return isTls() ? 443 : 80;
  }

  boolean isTls() {
    return origin.getScheme().equals("https");
  }

  /** Returns the request target of a path within the application. */
  public String target(String path) {
    return context + path;
  }

  @Override
  public String toString() {
    return origin + context;
  }
}

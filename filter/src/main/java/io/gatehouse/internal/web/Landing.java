package io.gatehouse.internal.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** Redirects users to the landing page, or back to the page that they asked for. */
public final class Landing {
  private final PublicUrl publicUrl;
  private final String path;

  public Landing(PublicUrl publicUrl, String path) {
    this.publicUrl = publicUrl;
    this.path = path;
  }

  public String path() {
    return path;
  }

  public String pathWithoutQuery() {
    var query = path.indexOf('?');
    return query < 0 ? path : path.substring(0, query);
  }

  /** Redirects to the landing page. */
  public void redirect(HttpServletRequest request, HttpServletResponse response) {
    redirect(request, response, path);
  }

  /**
   * Redirects to a page of the application, with 303 so that the browser uses GET (RFC 9110 section
   * 15.4.4).
   *
   * @param pathInApplication a path that begins with one slash
   */
  public void redirect(
      HttpServletRequest request, HttpServletResponse response, String pathInApplication) {
    SafeHeaders.set(response);
    response.setStatus(HttpServletResponse.SC_SEE_OTHER);
    response.setHeader("Location", url(request, pathInApplication));
  }

  /** Returns the address of the landing page. */
  public String url(HttpServletRequest request) {
    return url(request, path);
  }

  private String url(HttpServletRequest request, String pathInApplication) {
    return publicUrl.of(request).orElse(request.getContextPath()) + pathInApplication;
  }
}

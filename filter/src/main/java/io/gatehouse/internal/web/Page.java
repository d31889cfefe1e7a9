package io.gatehouse.internal.web;

import io.gatehouse.internal.jose.Sha256;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;

/**
 * A page of Gatehouse: a heading, what happened, what to do, and one link. It is in the user's
 * language, without script and without external resources.
 */
public final class Page {
  private static final List<Locale> LANGUAGES =
      List.of(Locale.ENGLISH, Locale.forLanguageTag("es"));
  private static final String STYLE =
      """
      :root{color-scheme:light dark;--ink:#1b2430;--soft:#4d5a6b;--paper:#fff;--back:#eef1f5;\
      --line:#d5dbe3;--mark:#0b5cab}\
      @media(prefers-color-scheme:dark){:root{--ink:#e8edf3;--soft:#a9b5c4;--paper:#18202b;\
      --back:#0e141c;--line:#2d3948;--mark:#7ab8ff}}\
      *{box-sizing:border-box}\
      body{margin:0;min-height:100vh;display:flex;align-items:center;justify-content:center;\
      padding:1.25rem;background:var(--back);color:var(--ink);\
      font:1.0625rem/1.6 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}\
      main{width:100%;max-width:34rem;padding:2.25rem 2rem;background:var(--paper);\
      border:1px solid var(--line);border-radius:.75rem}\
      h1{margin:0 0 1rem;font-size:1.5rem;line-height:1.25}\
      p{margin:0 0 1rem}\
      a{display:inline-block;margin:.5rem 0 0;padding:.7rem 1.25rem;border-radius:.5rem;\
      border:2px solid var(--mark);color:var(--mark);font-weight:600;text-decoration:none}\
      a:hover{text-decoration:underline}\
      a:focus-visible{outline:3px solid var(--mark);outline-offset:3px}\
      small{display:block;margin-top:2rem;padding-top:1rem;border-top:1px solid var(--line);\
      color:var(--soft);font-size:.875rem}\
      code{font-family:ui-monospace,Menlo,Consolas,monospace;overflow-wrap:anywhere}""";
  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; style-src 'sha256-"
          + sha256(STYLE)
          + "'; base-uri 'none'; form-action 'none'; frame-ancestors ";

  private final String key;
  private final Optional<String> link;
  private final String linkKey;
  private final Optional<String> reference;
  private final boolean isInFrame;

  /**
   * Creates the page.
   *
   * @param key the key of the page's texts in the message bundle
   * @param link the target of the link; empty for no link
   * @param linkKey the key of the link's text in the message bundle
   * @param reference the id under which the log has the details
   */
  public Page(String key, Optional<String> link, String linkKey, Optional<String> reference) {
    this(key, link, linkKey, reference, false);
  }

  private Page(
      String key,
      Optional<String> link,
      String linkKey,
      Optional<String> reference,
      boolean isInFrame) {
    this.key = key;
    this.link = link;
    this.linkKey = linkKey;
    this.reference = reference;
    this.isInFrame = isInFrame;
  }

  /**
   * Returns a page for a frame of the application's own pages, whose link logs in for the same page
   * in the whole window.
   */
  static Page inFrame(String key) {
    return new Page(key, Optional.of(""), "action.login", Optional.empty(), true);
  }

  /**
   * Checks that the texts of all pages are present.
   *
   * @throws java.util.MissingResourceException if a repackaged jar lacks them
   */
  public static void requireTexts() {
    LANGUAGES.forEach(Page::texts);
  }

  public void send(HttpServletRequest request, HttpServletResponse response, int status)
      throws IOException {
    var bytes = html(language(request)).getBytes(StandardCharsets.UTF_8);
    response.setStatus(status);
    response.setContentType("text/html");
    response.setCharacterEncoding("UTF-8");
    response.setHeader(
        "Content-Security-Policy", CONTENT_SECURITY_POLICY + (isInFrame ? "'self'" : "'none'"));
    SafeHeaders.set(response);
    Body.send(response, bytes);
  }

  private static Locale language(HttpServletRequest request) {
    if (request.getHeader("Accept-Language") == null) {
      return Locale.ENGLISH;
    }
    return Collections.list(request.getLocales()).stream()
        .flatMap(
            it -> LANGUAGES.stream().filter(ours -> ours.getLanguage().equals(it.getLanguage())))
        .findFirst()
        .orElse(Locale.ENGLISH);
  }

  // Only the bundle of the language: no fallback to the default locale of the machine.
  private static ResourceBundle texts(Locale language) {
    return ResourceBundle.getBundle(
        "io.gatehouse.internal.web.pages",
        language,
        Page.class.getClassLoader(),
        ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
  }

  private String html(Locale language) {
    var texts = texts(language);
    var title = escaped(texts.getString(key + ".title"));
    var action =
        link.map(
                it ->
                    "<p><a href=\"%s\"%s>%s</a></p>\n"
                        .formatted(
                            escaped(it),
                            isInFrame ? " target=\"_top\"" : "",
                            escaped(texts.getString(linkKey))))
            .orElse("");
    var small =
        reference
            .map(
                it ->
                    "<small>%s <code>%s</code></small>\n"
                        .formatted(escaped(texts.getString("reference")), escaped(it)))
            .orElse("");
    return """
        <!DOCTYPE html>
        <html lang="%s">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="robots" content="noindex">
        <title>%s</title>
        <style>%s</style>
        </head>
        <body>
        <main>
        <h1>%s</h1>
        <p>%s</p>
        <p>%s</p>
        %s%s</main>
        </body>
        </html>
        """
        .formatted(
            language.getLanguage(),
            title,
            STYLE,
            title,
            escaped(texts.getString(key + ".text")),
            escaped(texts.getString(key + ".next")),
            action,
            small);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  private static String sha256(String text) {
    return Base64.getEncoder().encodeToString(Sha256.of(text));
  }
}

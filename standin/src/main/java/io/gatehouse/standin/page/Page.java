package io.gatehouse.standin.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.util.HtmlUtils;

/**
 * An HTML page with {@code {{name}}} placeholders; their values are escaped, except other pages.
 */
public final class Page {

  private static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);

  private final String html;

  private Page(String html) {
    this.html = html;
  }

  public static Page load(String name) {
    try (var in = Page.class.getResourceAsStream("/pages/" + name)) {
      var bytes = Objects.requireNonNull(in, name).readAllBytes();
      return new Page(new String(bytes, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Page with(String name, String text) {
    return new Page(html.replace("{{" + name + "}}", HtmlUtils.htmlEscape(text)));
  }

  public Page with(Map<String, String> texts) {
    var filled = this;
    for (var text : texts.entrySet()) {
      filled = filled.with(text.getKey(), text.getValue());
    }
    return filled;
  }

  public Page within(Page layout) {
    return new Page(layout.html.replace("{{body}}", html));
  }

  public Page and(Page other) {
    return new Page(html + other.html);
  }

  public static Page empty() {
    return new Page("");
  }

  ResponseEntity<String> answer() {
    return answer(new HttpHeaders());
  }

  public ResponseEntity<String> answer(HttpHeaders more) {
    return answer(HttpStatus.OK, more);
  }

  public ResponseEntity<String> answer(HttpStatus status, HttpHeaders more) {
    return ResponseEntity.status(status)
        .headers(more)
        .contentType(HTML)
        .cacheControl(CacheControl.noStore())
        .header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
        .header("X-Content-Type-Options", "nosniff")
        .body(html);
  }
}

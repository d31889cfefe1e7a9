package io.gatehouse.internal.web;

import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A response with a {@code Cache-Control} from the beginning, so that it is there however and
 * whenever the application commits the response; neither {@code reset()} nor null removes it. The
 * first {@code Cache-Control} of the application replaces it.
 */
final class UncachedResponse extends HttpServletResponseWrapper {
  private String value;
  private boolean isOurs;

  UncachedResponse(HttpServletResponse response, String value) {
    super(response);
    this.value = value;
    setIfMissing();
  }

  /** Returns the response that an earlier dispatch of the same request shows. */
  static Optional<UncachedResponse> in(ServletResponse response) {
    for (var it = response;
        it instanceof ServletResponseWrapper wrapper;
        it = wrapper.getResponse()) {
      if (it instanceof UncachedResponse earlier) {
        return Optional.of(earlier);
      }
    }
    return Optional.empty();
  }

  /** Replaces the value, unless the application has set its own. */
  void become(String newValue) {
    value = newValue;
    if (isOurs) {
      super.setHeader(CachePolicy.HEADER, newValue);
    }
  }

  // Not if an earlier filter has set its own.
  private void setIfMissing() {
    if (!super.containsHeader(CachePolicy.HEADER)) {
      super.setHeader(CachePolicy.HEADER, value);
      isOurs = true;
    }
  }

  // Null removes the header on some containers (Servlet 6.1), and does nothing on others.
  @Override
  public void setHeader(String name, @Nullable String newValue) {
    if (!CachePolicy.HEADER.equalsIgnoreCase(name)) {
      super.setHeader(name, newValue);
    } else if (newValue == null) {
      isOurs = true;
      super.setHeader(name, value);
    } else {
      isOurs = false;
      super.setHeader(name, newValue);
    }
  }

  @Override
  public void addHeader(String name, @Nullable String newValue) {
    if (isOurs && newValue != null && CachePolicy.HEADER.equalsIgnoreCase(name)) {
      setHeader(name, newValue);
    } else {
      super.addHeader(name, newValue);
    }
  }

  @Override
  public void reset() {
    super.reset();
    setIfMissing();
  }
}

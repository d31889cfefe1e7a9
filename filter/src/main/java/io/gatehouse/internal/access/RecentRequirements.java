package io.gatehouse.internal.access;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The requirements of recent requests, by all that decides them, so that a usual request costs no
 * new object. Threads may overwrite each other's entries.
 */
final class RecentRequirements {
  private static final int ENTRIES = 1024; // a power of two
  private static final int MAX_CHARACTERS = 256;

  private final @Nullable Entry[] entries = new Entry[ENTRIES];

  private record Entry(
      String method,
      String shownMethod,
      String uri,
      String servletPath,
      @Nullable String pathInfo,
      String shownServletPath,
      @Nullable String shownPathInfo,
      String shownUri,
      Requirement requirement) {
    /** Hides the addresses: the container may have appended the id of a session. */
    @Override
    public String toString() {
      return "Entry[" + requirement + "]";
    }

    boolean isOf(HttpServletRequest container, HttpServletRequest shown) {
      return uri.equals(container.getRequestURI())
          && method.equals(container.getMethod())
          && shownMethod.equals(shown.getMethod())
          && servletPath.equals(container.getServletPath())
          && Objects.equals(pathInfo, container.getPathInfo())
          && (container == shown
              ? shownUri.equals(uri)
                  && shownServletPath.equals(servletPath)
                  && Objects.equals(shownPathInfo, pathInfo)
              : shownUri.equals(shown.getRequestURI())
                  && shownServletPath.equals(shown.getServletPath())
                  && Objects.equals(shownPathInfo, shown.getPathInfo()));
    }

    int length() {
      return method.length()
          + uri.length()
          + length(servletPath)
          + length(pathInfo)
          + length(shownServletPath)
          + length(shownPathInfo)
          + shownUri.length();
    }

    private static int length(@Nullable String text) {
      return text == null ? 0 : text.length();
    }
  }

  @Nullable Requirement find(HttpServletRequest request) {
    var container = ContainerRequest.of(request);
    var entry = entries[slot(container)];
    return entry != null && entry.isOf(container, request) ? entry.requirement() : null;
  }

  void keep(HttpServletRequest request, Requirement requirement) {
    var container = ContainerRequest.of(request);
    var entry =
        new Entry(
            container.getMethod(),
            request.getMethod(),
            container.getRequestURI(),
            Objects.requireNonNullElse(container.getServletPath(), ""),
            container.getPathInfo(),
            Objects.requireNonNullElse(request.getServletPath(), ""),
            request.getPathInfo(),
            request.getRequestURI(),
            requirement);
    if (entry.length() <= MAX_CHARACTERS) {
      entries[slot(container)] = entry;
    }
  }

  private static int slot(HttpServletRequest container) {
    var hash = String.valueOf(container.getRequestURI()).hashCode();
    return (hash ^ hash >>> 16) & (ENTRIES - 1);
  }
}

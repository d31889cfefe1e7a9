package io.gatehouse.internal.access;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;

/** All names of the page that a request is served by; each counts for what is asked for at it. */
public final class PageNames {
  private PageNames() {}

  public static List<String> of(RequestPath path, HttpServletRequest request) {
    var others = FacesViews.otherNames(ContainerRequest.of(request));
    if (others.isEmpty()) {
      return path.names(); // nearly always, and for each request of a user
    }
    var names = new ArrayList<>(path.names());
    names.addAll(others);
    return names;
  }
}

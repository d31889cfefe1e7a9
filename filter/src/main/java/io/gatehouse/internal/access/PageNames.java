package io.gatehouse.internal.access;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;

/** The names of the page that serves a request; the requirements of each name apply. */
public final class PageNames {
  private PageNames() {}

  public static List<String> of(RequestPath path, HttpServletRequest request) {
    var others = FacesViews.otherNames(ContainerRequest.of(request));
    if (others.isEmpty()) {
      return path.names(); // the usual case, on each request of a user
    }
    var names = new ArrayList<>(path.names());
    names.addAll(others);
    return names;
  }
}

package io.gatehouse.filter;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;

/** All names of the page that a request is served by; each counts for what is asked for at it. */
final class PageNames {
  private PageNames() {}

  static List<String> of(RequestPath path, HttpServletRequest request) {
    var names = new ArrayList<>(path.names());
    names.addAll(FacesViews.otherNames(ContainerRequest.of(request)));
    return names;
  }
}

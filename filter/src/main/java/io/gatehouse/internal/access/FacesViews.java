package io.gatehouse.internal.access;

import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The names of a Jakarta Faces page: its servlet serves one view under each of its mappings ({@code
 * /faces/page.xhtml}, {@code /page.jsf}, {@code /page.faces}, {@code /page.xhtml}, {@code /page};
 * Faces 4.0 section 11.1.2), so that a rule for one name is a rule for all.
 */
final class FacesViews {
  private static final Set<String> SERVLETS =
      Set.of("jakarta.faces.webapp.FacesServlet", "org.apache.myfaces.webapp.MyFacesServlet");
  private static final List<String> SUFFIXES =
      List.of("", ".xhtml", ".jsf", ".faces", ".jsp", ".view.xml");

  private static final List<String> SUFFIX_PARAMETERS =
      List.of("jakarta.faces.DEFAULT_SUFFIX", "jakarta.faces.FACELETS_SUFFIX");

  private FacesViews() {}

  /**
   * The names of a page.
   *
   * @param mapped those with a suffix of a servlet mapping, or without a suffix
   * @param unmapped those with another suffix, such as {@code .xhtml} where the servlet is mapped
   *     to {@code *.jsf}: a rule for {@code *.xhtml} protects the files there, not the pages
   */
  record Names(Set<String> mapped, Set<String> unmapped) {
    static final Names NONE = new Names(Set.of(), Set.of());
  }

  /** Returns the names of the page of a request; none if Faces does not serve it. */
  static Names of(HttpServletRequest ofContainer) {
    var mapping = ofContainer.getHttpServletMapping();
    var name = mapping == null ? null : mapping.getServletName();
    if (name == null) {
      return Names.NONE;
    }
    var servlet = ofContainer.getServletContext().getServletRegistration(name);
    return servlet != null && SERVLETS.contains(String.valueOf(servlet.getClassName()))
        ? names(ofContainer, servlet)
        : Names.NONE;
  }

  private static Names names(HttpServletRequest request, ServletRegistration servlet) {
    var prefixes = new LinkedHashSet<>(List.of(""));
    var mapped = new LinkedHashSet<>(List.of("")); // also mapped one by one, without a suffix
    for (var pattern : servlet.getMappings()) {
      if (pattern.endsWith("/*")) {
        prefixes.add(pattern.substring(0, pattern.length() - 2));
      } else if (pattern.startsWith("*.")) {
        mapped.add(pattern.substring(1));
      }
    }
    var suffixes = new LinkedHashSet<>(mapped);
    suffixes.addAll(SUFFIXES);
    for (var parameter : SUFFIX_PARAMETERS) {
      var configured = request.getServletContext().getInitParameter(parameter);
      suffixes.addAll(configured == null ? List.of() : List.of(configured.strip().split("\\s+")));
    }
    var path = RequestPath.mapped(request);
    var withoutPrefix = withoutPrefixes(path, prefixes);
    if (!withoutPrefix.equals(path)) { // a prefix serves a page by the name of its file
      mapped.addAll(suffixes);
    }
    var view = withoutSuffixes(withoutPrefix, suffixes);
    var names = new Names(new LinkedHashSet<>(), new LinkedHashSet<>());
    for (var prefix : prefixes) {
      for (var suffix : suffixes) {
        (mapped.contains(suffix) ? names.mapped : names.unmapped).add(prefix + view + suffix);
      }
    }
    return names;
  }

  // Repeatedly: an implementation treats a doubled prefix like a single one.
  private static String withoutPrefixes(String path, Set<String> prefixes) {
    var it = path;
    for (var prefix : prefixes) {
      while (!prefix.isEmpty() && it.startsWith(prefix + "/")) {
        it = it.substring(prefix.length());
      }
    }
    return it;
  }

  private static String withoutSuffixes(String path, Set<String> suffixes) {
    var it = path;
    for (var dot = it.lastIndexOf('.'); dot > it.lastIndexOf('/'); dot = it.lastIndexOf('.')) {
      if (!suffixes.contains(it.substring(dot))) {
        return it;
      }
      it = it.substring(0, dot);
    }
    return it;
  }
}

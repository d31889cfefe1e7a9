package io.gatehouse.internal.deployment;

import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * The filter mappings of web.xml in their order, with their dispatcher types (Servlet 6.0 sections
 * 6.2.4, 6.2.5), and the welcome files, which no API reports.
 */
public final class WebXml {
  private static final String FILE = "/WEB-INF/web.xml";
  private static final String FRAGMENT = "META-INF/web-fragment.xml";

  private final List<Mapping> mappings = new ArrayList<>();
  private final Set<String> welcomeFiles = new LinkedHashSet<>();

  private record Mapping(
      String filter, List<String> patterns, List<String> servlets, Set<String> dispatchers) {
    boolean isForRequests() {
      return dispatchers.isEmpty() || dispatchers.contains("REQUEST");
    }
  }

  private WebXml() {}

  /**
   * Reads the application's file, and the welcome files of its fragments; a missing or unreadable
   * file has none.
   */
  public static WebXml of(ServletContext context) {
    var webXml = new WebXml();
    webXml.read(() -> context.getResourceAsStream(FILE), webXml.mappings);
    try {
      for (var fragment : Collections.list(context.getClassLoader().getResources(FRAGMENT))) {
        webXml.read(fragment::openStream, new ArrayList<>()); // its mappings have no fixed order
      }
    } catch (IOException unreadable) { // the container reports it
    }
    return webXml;
  }

  /** Opens a file; null if it is missing. */
  private interface Source {
    @Nullable InputStream open() throws IOException;
  }

  private void read(Source source, List<Mapping> filterMappings) {
    try (var file = source.open()) {
      if (file != null) {
        read(file, filterMappings);
      }
    } catch (IOException | XMLStreamException unreadable) { // the container reports it
    }
  }

  private void read(InputStream file, List<Mapping> filterMappings) throws XMLStreamException {
    var factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    var xml = factory.createXMLStreamReader(file);
    while (xml.hasNext()) {
      if (xml.next() != XMLStreamConstants.START_ELEMENT) {
        continue;
      }
      switch (xml.getLocalName()) {
        case "filter-mapping" -> filterMappings.add(mapping(xml));
        case "welcome-file" -> welcomeFiles.add(withoutSlash(xml.getElementText().strip()));
        default -> {}
      }
    }
  }

  // A slash at the beginning is wrong (Servlet 6.0 section 10.10), but containers tolerate it.
  private static String withoutSlash(String welcomeFile) {
    return welcomeFile.replaceFirst("^/+", "");
  }

  /** Returns the welcome files, without those of the container. */
  public Set<String> welcomeFiles() {
    return welcomeFiles;
  }

  private static Mapping mapping(XMLStreamReader xml) throws XMLStreamException {
    var filter = "";
    var patterns = new ArrayList<String>();
    var servlets = new ArrayList<String>();
    var dispatchers = new ArrayList<String>();
    while (xml.nextTag() == XMLStreamConstants.START_ELEMENT) {
      var name = xml.getLocalName();
      var text = xml.getElementText().strip();
      switch (name) {
        case "filter-name" -> filter = text;
        case "url-pattern" -> patterns.add(text);
        case "servlet-name" -> servlets.add(text);
        case "dispatcher" -> dispatchers.add(text);
        default -> {} // an element of a later version
      }
    }
    return new Mapping(
        filter, patterns, servlets, dispatchers.stream().collect(Collectors.toSet()));
  }

  /** Returns whether web.xml maps a filter. */
  boolean maps(String filter) {
    return mappings.stream().anyMatch(it -> it.filter().equals(filter));
  }

  /** Returns the mapping of a filter for requests, as far as web.xml contains it. */
  FilterMapping mapping(String filter) {
    var ofFilter =
        mappings.stream().filter(it -> it.filter().equals(filter) && it.isForRequests()).toList();
    return new FilterMapping(
        ofFilter.stream().flatMap(it -> it.patterns().stream()).toList(),
        ofFilter.stream().flatMap(it -> it.servlets().stream()).toList());
  }

  /** Returns whether web.xml maps a filter, but never for requests. */
  boolean leavesRequestsOut(String filter) {
    var ofFilter = mappings.stream().filter(it -> it.filter().equals(filter)).toList();
    return !ofFilter.isEmpty() && ofFilter.stream().noneMatch(Mapping::isForRequests);
  }

  /**
   * Returns the filters that see requests before this one, in their order: those that precede every
   * mapping of this filter to the same paths.
   */
  List<String> inFrontOf(String filter) {
    var before = new ArrayList<Mapping>();
    var ofFilter = new ArrayList<Mapping>();
    var inFront = new LinkedHashSet<String>();
    for (var mapping : mappings) {
      if (mapping.patterns().isEmpty() || !mapping.isForRequests()) {
        continue; // mappings by URL pattern precede mappings by servlet name
      }
      if (mapping.filter().equals(filter)) {
        before.stream().filter(it -> overlap(it, mapping)).forEach(it -> inFront.add(it.filter()));
        ofFilter.add(mapping);
      } else if (!isCovered(mapping, ofFilter)) {
        before.add(mapping);
      }
    }
    return List.copyOf(inFront);
  }

  private static boolean overlap(Mapping one, Mapping other) {
    return one.patterns().stream()
        .anyMatch(
            it -> other.patterns().stream().anyMatch(also -> FilterMapping.overlap(it, also)));
  }

  private static boolean isCovered(Mapping mapping, List<Mapping> by) {
    return mapping.patterns().stream()
        .allMatch(
            it ->
                by.stream()
                    .flatMap(some -> some.patterns().stream())
                    .anyMatch(some -> FilterMapping.covers(some, it)));
  }
}

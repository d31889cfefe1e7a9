package io.gatehouse.internal.deployment;

import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The filter mappings of web.xml in their order, with their dispatcher types, which no API reports
 * (Servlet 6.0 sections 6.2.4, 6.2.5).
 */
public final class WebXml {
  private static final String FILE = "/WEB-INF/web.xml";

  private final List<Mapping> mappings;

  private record Mapping(
      String filter, List<String> patterns, List<String> servlets, Set<String> dispatchers) {
    boolean isForRequests() {
      return dispatchers.isEmpty() || dispatchers.contains("REQUEST");
    }
  }

  private WebXml(List<Mapping> mappings) {
    this.mappings = mappings;
  }

  /** Reads the application's file; a missing or unreadable file has no mappings. */
  public static WebXml of(ServletContext context) {
    try (var file = context.getResourceAsStream(FILE)) {
      return file == null ? new WebXml(List.of()) : read(file);
    } catch (IOException | XMLStreamException unreadable) { // the container reports it
      return new WebXml(List.of());
    }
  }

  private static WebXml read(InputStream file) throws XMLStreamException {
    var factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    var xml = factory.createXMLStreamReader(file);
    var mappings = new ArrayList<Mapping>();
    while (xml.hasNext()) {
      if (xml.next() == XMLStreamConstants.START_ELEMENT
          && xml.getLocalName().equals("filter-mapping")) {
        mappings.add(mapping(xml));
      }
    }
    return new WebXml(mappings);
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

package io.gatehouse.it.catalogue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** The results of the tests of this build, from their reports. */
final class Reports {
  private static final Pattern FILE = Pattern.compile("TEST-[\\w.$]+(?:-([\\w.-]+))?\\.xml");

  private final Map<String, Set<String>> green = new HashMap<>();
  private final Set<String> red = new TreeSet<>();

  /** Reads the reports of all modules of a project. */
  static Reports of(Path project) {
    var reports = new Reports();
    try (Stream<Path> files = Files.walk(project)) {
      for (var file : files.filter(Reports::isReport).toList()) {
        reports.add(file);
      }
      return reports;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isReport(Path file) {
    var path = file.toString();
    return (path.contains("/target/surefire-reports/")
            || path.contains("/target/failsafe-reports/"))
        && FILE.matcher(file.getFileName().toString()).matches();
  }

  private void add(Path file) throws IOException {
    var name = FILE.matcher(file.getFileName().toString());
    if (!name.matches()) {
      throw new IllegalArgumentException(file + " is no report");
    }
    var run = name.group(1) == null ? "" : name.group(1);
    try (var in = Files.newInputStream(file)) {
      var xml = XMLInputFactory.newDefaultFactory().createXMLStreamReader(in);
      while (xml.hasNext()) {
        if (xml.next() == XMLStreamConstants.START_ELEMENT
            && xml.getLocalName().equals("testcase")) {
          addCase(xml, run);
        }
      }
    } catch (XMLStreamException e) {
      throw new IOException("cannot read " + file, e);
    }
  }

  private void addCase(XMLStreamReader xml, String run) throws XMLStreamException {
    var testClass = xml.getAttributeValue(null, "classname").replaceFirst("\\(.*", "");
    var method = xml.getAttributeValue(null, "name").replaceFirst("\\W.*", "");
    var test = testClass.replaceFirst(".*\\.", "") + "." + method;
    var outcome = "green";
    while (xml.next() != XMLStreamConstants.END_ELEMENT || !isCase(xml)) {
      if (xml.getEventType() == XMLStreamConstants.START_ELEMENT) {
        outcome =
            switch (xml.getLocalName()) {
              case "failure", "error" -> "red";
              case "skipped" -> "skipped";
              default -> outcome;
            };
      }
    }
    if (outcome.equals("green")) {
      green.computeIfAbsent(test, it -> new TreeSet<>()).add(run);
    } else if (outcome.equals("red")) {
      red.add(test + " " + run);
    }
  }

  private static boolean isCase(XMLStreamReader xml) {
    return xml.getLocalName().equals("testcase");
  }

  /**
   * Returns the executions in which a test passed: containers by their id, others by an empty text.
   */
  Set<String> greenRunsOf(CaseTest test) {
    return green.getOrDefault(test.name(), Set.of());
  }

  /** Returns the tests that failed. */
  Set<String> red() {
    return red;
  }
}

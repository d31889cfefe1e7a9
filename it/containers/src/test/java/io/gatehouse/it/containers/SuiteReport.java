package io.gatehouse.it.containers;

import java.nio.file.Path;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** The failsafe report of one test class on one container. */
record SuiteReport(
    String container, String testClass, int tests, int notGreen, double seconds, String jdk) {
  private static final Pattern FILE =
      Pattern.compile(
          "TEST-io\\.gatehouse\\.it\\.containers\\.(doors\\.|open\\.|rewriting\\.)?(\\w+)-([\\w.-]+)\\.xml");

  static boolean isReport(Path file) {
    return FILE.matcher(file.getFileName().toString()).matches();
  }

  static SuiteReport read(Path file) {
    var name = FILE.matcher(file.getFileName().toString());
    if (!name.matches()) {
      throw new IllegalArgumentException(file + " is no report");
    }
    var document = parse(file);
    var suite = document.getDocumentElement();
    var skipped = number(suite, "skipped");
    var maySkip = name.group(1) != null; // doors that the container does not have
    return new SuiteReport(
        name.group(3),
        name.group(2),
        number(suite, "tests") - skipped,
        number(suite, "failures") + number(suite, "errors") + (maySkip ? 0 : skipped),
        Double.parseDouble(suite.getAttribute("time")),
        property(document, "java.specification.version"));
  }

  private static Document parse(Path file) {
    try {
      return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
    } catch (Exception e) {
      throw new IllegalStateException("cannot read " + file, e);
    }
  }

  private static int number(Element suite, String attribute) {
    return Integer.parseInt(suite.getAttribute(attribute));
  }

  private static String property(Document document, String name) {
    var properties = document.getElementsByTagName("property");
    for (int i = 0; i < properties.getLength(); i++) {
      if (properties.item(i) instanceof Element it && it.getAttribute("name").equals(name)) {
        return it.getAttribute("value");
      }
    }
    return "?";
  }
}

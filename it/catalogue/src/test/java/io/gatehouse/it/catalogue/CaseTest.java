package io.gatehouse.it.catalogue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A test that covers security cases, according to the tags in its source.
 *
 * @param module the directory of its module
 */
record CaseTest(String module, String testClass, String method, SortedSet<String> cases) {
  private static final Set<String> ON_CONTAINERS = Set.of("it/containers");
  private static final Set<String> OF_PROFILES = Set.of("it/cluster", "it/floods");

  private static final Pattern TAG = Pattern.compile("@(?:Arch)?Tag\\(\"case-([^\"]*)\"\\)");
  private static final Pattern TEST =
      Pattern.compile(
          "@(Test|ParameterizedTest|RepeatedTest|TestFactory|ArchTest|Property|Example|FuzzTest)\\b.*");
  private static final Pattern CLASS = Pattern.compile("(public |final |abstract )*class (\\w+).*");
  private static final Pattern METHOD =
      Pattern.compile("(public |static |final )*[\\w<>?\\[\\], ]+ (\\w+)(\\(| =).*");

  /** Returns all of a project's tests that have the tag of a case. */
  static List<CaseTest> of(Path project) {
    try (Stream<Path> files = Files.walk(project)) {
      var tests = new ArrayList<CaseTest>();
      files
          .filter(it -> it.toString().contains("/src/") && it.toString().endsWith(".java"))
          .filter(it -> !it.toString().contains("/target/"))
          .sorted()
          .forEach(it -> tests.addAll(read(project.relativize(it), lines(it))));
      return tests;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // Our formatter gives each annotation a line, and each declaration begins one.
  private static List<CaseTest> read(Path file, List<String> lines) {
    var module = file.toString().replaceFirst("/src/.*", "");
    var tests = new ArrayList<CaseTest>();
    var ofClass = new TreeSet<String>();
    var ofNested = new TreeSet<String>();
    var testClass = "";
    var nested = "";
    var tags = new TreeSet<String>();
    var isTest = false;
    for (var line : lines) {
      var text = line.strip();
      var type = CLASS.matcher(text);
      var method = METHOD.matcher(text);
      if (text.startsWith("@")) {
        TAG.matcher(text).results().forEach(it -> tags.add(it.group(1)));
        isTest |= TEST.matcher(text).matches();
      } else if (type.matches()) {
        if (!line.startsWith(" ")) {
          testClass = type.group(2);
          ofClass.addAll(tags);
        } else if (line.matches("  \\w.*")) {
          nested = "$" + type.group(2);
          ofNested.addAll(tags);
        }
        tags.clear();
        isTest = false;
      } else if (line.equals("  }")) {
        nested = "";
        ofNested.clear();
      } else if (isTest && method.matches()) {
        tags.addAll(ofClass);
        tags.addAll(line.startsWith("    ") ? ofNested : Set.of());
        if (!tags.isEmpty()) {
          tests.add(new CaseTest(module, testClass + nested, method.group(2), new TreeSet<>(tags)));
        }
        tags.clear();
        isTest = false;
      }
    }
    return tests;
  }

  /** Returns whether the test runs only with a profile, which is not part of the default build. */
  boolean isOfProfile() {
    return OF_PROFILES.contains(module);
  }

  /** Returns whether the test runs on each container. */
  boolean isOnEachContainer() {
    return ON_CONTAINERS.contains(module);
  }

  /** Returns the class that has its file's name. */
  String outerClass() {
    return testClass.replaceFirst("\\$.*", "");
  }

  String name() {
    return testClass + "." + method;
  }
}

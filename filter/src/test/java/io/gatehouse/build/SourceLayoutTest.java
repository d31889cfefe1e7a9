package io.gatehouse.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The sources of all modules: what no rule about the classes of one module can see. */
class SourceLayoutTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final int MAX_CLASSES = 30;
  private static final int MAX_LINES = 250;
  private static final int MAX_CONSTRUCTOR_LINES = 40;
  private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([\\w.]+);");
  private static final Pattern INTERNAL =
      Pattern.compile("(?m)^import (?:static )?io\\.gatehouse\\.internal\\.");

  /**
   * The modules that may know the filter's internal packages, as the same version is beside them.
   */
  private static final Set<String> INSIDERS = Set.of("filter", "cli", "it/benchmarks");

  private record Source(String module, String name, String packageName, List<String> lines) {
    boolean isPackageInfo() {
      return name.equals("package-info");
    }

    String text() {
      return String.join("\n", lines);
    }

    @Override
    public String toString() {
      return "%s: %s.%s, %d lines".formatted(module, packageName, name, lines.size());
    }
  }

  private static List<Source> sources(String kind) {
    try (var files = Files.walk(ROOT)) {
      var sources = new ArrayList<Source>();
      for (var file :
          files
              .filter(it -> it.toString().endsWith(".java"))
              .filter(it -> ROOT.relativize(it).toString().contains("src/" + kind + "/java/"))
              .filter(it -> !ROOT.relativize(it).toString().contains("target/"))
              .toList()) {
        var path = ROOT.relativize(file).toString();
        var lines = Files.readAllLines(file);
        var declared = PACKAGE.matcher(String.join("\n", lines));
        assertThat(declared.find()).as(path).isTrue();
        sources.add(
            new Source(
                path.substring(0, path.indexOf("/src/")),
                file.getFileName().toString().replace(".java", ""),
                declared.group(1),
                lines));
      }
      assertThat(sources).hasSizeGreaterThan(10);
      return sources;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void noPackageIsDeclaredByTwoModules() {
    var modules = new TreeMap<String, Set<String>>();
    sources("main")
        .forEach(
            it ->
                modules.computeIfAbsent(it.packageName(), no -> new TreeSet<>()).add(it.module()));
    assertThat(modules).allSatisfy((name, in) -> assertThat(in).as(name).hasSize(1));
  }

  @Test
  void nullAwayLooksAtEveryPackage() {
    var marked = new TreeSet<String>();
    var all = new TreeSet<String>();
    Stream.of(sources("main"), inIt("test"))
        .flatMap(List::stream)
        .forEach(
            it -> {
              all.add(it.packageName());
              if (it.isPackageInfo() && it.text().contains("@NullMarked")) {
                marked.add(it.packageName());
              }
            });
    assertThat(marked).containsExactlyElementsOf(all);
  }

  private static List<Source> inIt(String kind) {
    return sources(kind).stream().filter(it -> it.module().startsWith("it/")).toList();
  }

  @Test
  void noPackageHasMoreClassesThanAReaderCanTakeIn() {
    var counts = new HashMap<String, Integer>();
    sources("main").stream()
        .filter(it -> !it.isPackageInfo())
        .forEach(it -> counts.merge(it.packageName(), 1, Integer::sum));
    assertThat(counts.entrySet()).allMatch(it -> it.getValue() <= MAX_CLASSES);
  }

  @Test
  void noClassIsLongerThanItsReadersPatience() {
    assertThat(sources("main"))
        .allSatisfy(it -> assertThat(it.lines()).as(it.name()).hasSizeLessThanOrEqualTo(MAX_LINES));
  }

  @Test
  void noConstructorPutsTooMuchTogether() {
    var lengths = new TreeMap<String, Integer>();
    for (var source : sources("main")) {
      lengths.putAll(constructors(source));
    }
    assertThat(lengths).hasSizeGreaterThan(100);
    assertThat(lengths.entrySet()).allMatch(it -> it.getValue() <= MAX_CONSTRUCTOR_LINES);
  }

  private static Map<String, Integer> constructors(Source source) {
    var begin =
        Pattern.compile("^  (?:public |protected |private )?" + source.name() + "\\(.*")
            .asMatchPredicate();
    var lengths = new HashMap<String, Integer>();
    for (var i = 0; i < source.lines().size(); i++) {
      if (begin.test(source.lines().get(i))) {
        var end = i;
        while (end < source.lines().size() && !source.lines().get(end).endsWith("}")) {
          end++;
        }
        while (end < source.lines().size() && !source.lines().get(end).matches("  }|  .*\\{}")) {
          end++;
        }
        lengths.put(source.packageName() + "." + source.name() + ":" + (i + 1), end - i + 1);
      }
    }
    return lengths;
  }

  @Test
  void whatIsInternalIsImportedByNobodyElse() {
    assertThat(
            Stream.of(sources("main"), sources("test"))
                .flatMap(List::stream)
                .filter(it -> !INSIDERS.contains(it.module())))
        .hasSizeGreaterThan(100)
        .noneMatch(it -> INTERNAL.matcher(it.text()).find());
  }
}

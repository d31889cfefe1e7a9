package io.gatehouse.internal.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.filter.FakeRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * All pairs of the headers by which a person is told from a script, each with no, one or two lines.
 * The oracle knows no result: it compares each request with others that say the same, or more.
 */
@Tag("case-120")
class NavigationPairsTest {
  private static final List<String> PURPOSES =
      List.of("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz");

  /** The values of each header that speak against a person. */
  private static final Map<String, List<String>> AGAINST =
      Map.of(
          "Sec-Fetch-Mode", List.of("cors", "no-cors", "websocket", ""),
          "Sec-Fetch-Dest", List.of("iframe", "embed"),
          "Sec-Purpose", List.of("prefetch", "prefetch;prerender"),
          "Purpose", List.of("preview"),
          "X-Purpose", List.of("instant"),
          "X-Moz", List.of("prefetch"),
          "Range", List.of("bytes=0-", ""));

  private static final Map<String, List<String>> VALUES = values();

  private static Map<String, List<String>> values() {
    var values = new LinkedHashMap<String, List<String>>();
    values.put("Sec-Fetch-Mode", List.of("navigate", "cors", ""));
    values.put("Sec-Fetch-Dest", List.of("document", "iframe", "empty", ""));
    values.put("Accept", List.of("text/html", "application/json", "text/html;q=0", ""));
    PURPOSES.forEach(it -> values.put(it, List.of("prefetch", "none", "")));
    values.put("Range", List.of("bytes=0-", ""));
    values.put("X-Requested-With", List.of("XMLHttpRequest", ""));
    return values;
  }

  /** A request as its lines. */
  private record Lines(List<List<String>> of) {
    Lines and(String name, List<String> values) {
      var all = new ArrayList<>(of);
      values.forEach(it -> all.add(List.of(name, it)));
      return new Lines(List.copyOf(all));
    }

    private FakeRequest request() {
      var request = FakeRequest.get("/");
      of.forEach(it -> request.header(it.get(0), it.get(1)));
      return request;
    }

    boolean isNavigation() {
      return Navigation.isOf(request().http());
    }

    List<Boolean> results() {
      var request = request().http();
      return List.of(
          Navigation.isOf(request),
          Navigation.isSpeculative(request),
          Navigation.isInFrame(request),
          Navigation.wantsPage(request),
          Navigation.wantsEvents(request));
    }
  }

  private static final Lines NONE = new Lines(List.of());

  private static List<List<String>> linesOf(String name) {
    var values = VALUES.getOrDefault(name, List.of());
    var all = new ArrayList<List<String>>();
    all.add(List.of());
    values.forEach(it -> all.add(List.of(it)));
    values.forEach(one -> values.forEach(other -> all.add(List.of(one, other))));
    return all;
  }

  static List<String> names() {
    return List.copyOf(VALUES.keySet());
  }

  /** The pairs of a header with each other one, also beside an Accept. */
  private static List<Lines> pairsWith(String name) {
    var pairs = new ArrayList<Lines>();
    for (var other : names()) {
      for (var lines : linesOf(name)) {
        for (var otherLines :
            other.equals(name) ? List.<List<String>>of(List.of()) : linesOf(other)) {
          pairs.add(NONE.and(name, lines).and(other, otherLines));
          pairs.add(
              NONE.and("Accept", List.of("text/html")).and(name, lines).and(other, otherLines));
        }
      }
    }
    return pairs;
  }

  private static Lines changed(Lines lines, String name, boolean joined) {
    var own = new ArrayList<String>();
    var others = new ArrayList<List<String>>();
    for (var line : lines.of()) {
      if (line.get(0).equals(name)) {
        own.add(0, line.get(1)); // the last comes first
      } else {
        others.add(line);
      }
    }
    if (own.isEmpty()) {
      return lines;
    }
    return new Lines(others).and(name, joined ? List.of(String.join(", ", own)) : own);
  }

  @ParameterizedTest
  @MethodSource("names")
  void theOrderOfTwoLinesChangesNothing(String name) {
    for (var pair : pairsWith(name)) {
      assertThat(changed(pair, name, false).results()).as("%s", pair).isEqualTo(pair.results());
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void twoLinesSayWhatOneJoinedLineSays(String name) {
    for (var pair : pairsWith(name)) {
      assertThat(changed(pair, name, true).results()).as("%s", pair).isEqualTo(pair.results());
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void evidenceAgainstAPersonIsNeverOutvoted(String name) {
    for (var pair : pairsWith(name)) {
      AGAINST.forEach(
          (header, values) ->
              values.forEach(
                  it ->
                      assertThat(pair.and(header, List.of(it)).isNavigation())
                          .as("%s and %s: %s", pair, header, it)
                          .isFalse()));
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void aHeaderWithOneValueThatIsThereTwiceIsNoPersons(String name) {
    for (var pair : pairsWith(name)) {
      for (var single : List.of("Sec-Fetch-Mode", "Sec-Fetch-Dest")) {
        Predicate<List<String>> isSingle = it -> it.get(0).equals(single);
        if (pair.of().stream().filter(isSingle).count() > 1) {
          assertThat(pair.isNavigation()).as("%s", pair).isFalse();
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void aFrameOrAScriptIsOneBesideAnyOtherDestination(String name) {
    for (var pair : pairsWith(name)) {
      var inFrame = pair.and("Sec-Fetch-Dest", List.of("iframe")).request().http();
      assertThat(Navigation.isInFrame(inFrame)).as("%s", pair).isTrue();
      var ofScript = pair.and("Sec-Fetch-Dest", List.of("empty")).request().http();
      assertThat(Navigation.wantsPage(ofScript)).as("%s", pair).isFalse();
    }
  }

  @Test
  void somePairsAreAPersons() {
    assertThat(names().stream().flatMap(it -> pairsWith(it).stream()).filter(Lines::isNavigation))
        .hasSizeGreaterThan(100);
  }
}

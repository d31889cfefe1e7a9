package io.gatehouse.junit;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.opentest4j.AssertionFailedError;

/** The refusals that a test expects; every other refusal fails the test. */
final class Strictness {
  private final List<String> expected = new ArrayList<>();
  private int checked;

  void expect(String rule) {
    if (rule.isBlank()) {
      throw new IllegalArgumentException("a blank rule would be part of every refusal");
    }
    expected.add(rule);
  }

  /** Returns the refusals that no test has checked yet. */
  List<String> unchecked(List<String> refusals) {
    return refusals.subList(checked, refusals.size());
  }

  /**
   * Ends a test.
   *
   * @param refusals all refusals since the stand-in started
   * @throws AssertionFailedError if a refusal was not expected, or an expected refusal did not come
   */
  void check(List<String> refusals) {
    var came = unchecked(refusals);
    var rules = List.copyOf(expected);
    checked = refusals.size();
    expected.clear();
    var surprises = came.stream().filter(it -> rules.stream().noneMatch(it::contains)).toList();
    if (!surprises.isEmpty()) {
      throw new AssertionFailedError(
          "the Verifier stand-in refused what the application sent:\n"
              + list(surprises)
              + "\nIf the test is about this, let it say so: verifier.expectRefusal(\"...\")");
    }
    var missing =
        rules.stream().filter(it -> came.stream().noneMatch(that -> that.contains(it))).toList();
    if (!missing.isEmpty()) {
      throw new AssertionFailedError(
          "the Verifier stand-in refused nothing of what the test expects:\n" + list(missing));
    }
  }

  private static String list(List<String> texts) {
    return texts.stream().map(it -> "  - " + it).collect(Collectors.joining("\n"));
  }
}

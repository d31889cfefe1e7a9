package io.gatehouse.cli.check;

import io.gatehouse.cli.config.ConfigurationOptions;
import io.gatehouse.cli.config.FaultyConfigurationException;
import io.gatehouse.cli.output.Findings;
import io.gatehouse.internal.access.AccessRules;
import io.gatehouse.internal.access.Requirement;
import java.util.ArrayList;
import java.util.List;

/** An explanation of the requirement of a request, and of the rules behind it. */
public final class PathExplanation {
  private PathExplanation() {}

  /** Explains a request to each of the paths. */
  public static void run(
      ConfigurationOptions options, String method, List<String> paths, Findings findings) {
    try {
      var rules = options.readOrFault().accessRules();
      for (var path : paths) {
        findings.ok(method + " " + path, text(rules.explain(method, path)));
      }
    } catch (FaultyConfigurationException e) {
      Check.fail(e, findings);
    }
  }

  private static String text(AccessRules.Explanation explained) {
    var requirement = explained.requirement();
    var because = requirement.because();
    return outcome(requirement)
        + (because.isEmpty() ? ", since no rule concerns it" : ", by " + String.join(", ", because))
        + ". Readings of the path: "
        + String.join(" ", explained.readings());
  }

  private static String outcome(Requirement requirement) {
    if (requirement.isPublic()) {
      return "is public";
    }
    var parts = new ArrayList<String>();
    requirement.roles().forEach(it -> parts.add("the role " + String.join(" or ", it)));
    requirement.acrs().forEach(it -> parts.add("the acr " + String.join(" or ", it)));
    requirement.maxAge().ifPresent(it -> parts.add("no longer ago than " + it.toSeconds() + " s"));
    return "requires a login" + (parts.isEmpty() ? "" : " with " + String.join(" and ", parts));
  }
}

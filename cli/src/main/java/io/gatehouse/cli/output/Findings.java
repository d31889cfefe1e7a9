package io.gatehouse.cli.output;

import io.gatehouse.cli.output.Finding.Status;
import jakarta.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Help.Ansi;

/** All findings of a check, in the order of the check. */
public final class Findings {
  private final List<Finding> findings = new ArrayList<>();

  public void ok(String subject, String text) {
    findings.add(new Finding(Status.OK, subject, text, ""));
  }

  public void warn(String subject, String text, String remedy) {
    findings.add(new Finding(Status.WARN, subject, text, remedy));
  }

  public void fail(String subject, String text, String remedy) {
    findings.add(new Finding(Status.FAIL, subject, text, remedy));
  }

  public boolean haveFailed() {
    return count(Status.FAIL) > 0;
  }

  private long count(Status status) {
    return findings.stream().filter(it -> it.status() == status).count();
  }

  /**
   * Returns one line for each finding, and one below it with the remedy.
   *
   * @param coloured whether the text is for a terminal
   */
  public String toText(boolean coloured) {
    var ansi = coloured ? Ansi.ON : Ansi.OFF;
    var text = new StringBuilder();
    for (var finding : findings) {
      var status = "@|%s %-4s|@".formatted(colour(finding.status()), lower(finding.status()));
      text.append(ansi.string(status))
          .append("  ")
          .append(finding.subject())
          .append(": ")
          .append(finding.text())
          .append('\n');
      if (!finding.remedy().isEmpty()) {
        text.append("      -> ").append(finding.remedy()).append('\n');
      }
    }
    return text.append(
            "%d ok, %d warn, %d fail\n"
                .formatted(count(Status.OK), count(Status.WARN), count(Status.FAIL)))
        .toString();
  }

  private static String colour(Status status) {
    return switch (status) {
      case OK -> "green";
      case WARN -> "yellow";
      case FAIL -> "red";
    };
  }

  /** Returns the findings as JSON, for programs. */
  public String toJson() {
    var array = Json.createArrayBuilder();
    for (var finding : findings) {
      array.add(
          Json.createObjectBuilder()
              .add("status", lower(finding.status()))
              .add("subject", finding.subject())
              .add("text", finding.text())
              .add("remedy", finding.remedy()));
    }
    return PrettyJson.write(array.build());
  }

  private static String lower(Status status) {
    return status.name().toLowerCase(Locale.ROOT);
  }
}

package io.gatehouse.it.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The remaining share of a server's requests per second, as a drawing for the documentation. */
record RatioChart(Comparison pages, Comparison redirects) {
  private static final List<Variant> SHOWN =
      List.of(Variant.GATEHOUSE, Variant.PAC4J, Variant.SPRING);
  private static final int LEFT = 150;
  private static final int WIDTH = 460;
  private static final int ROW = 34;
  private static final int PANEL = 170;

  private static final String FRAME =
      """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 380" width="720" height="380" \
      role="img" aria-labelledby="title">
      <title id="title">Requests a second with a login before the page, in percent of those \
      without</title>
      <style>
      text { font-family: system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; \
      font-size: 14px; fill: #24292f; }
      .heading { font-weight: 600; } .scale { font-size: 12px; fill: #57606a; }
      .grid { stroke: #d0d7de; stroke-width: 1; } .range { stroke: #24292f; stroke-width: 1.5; }
      .own { fill: #0b5cab; } .other { fill: #9aa7b5; }
      </style>
      <rect width="720" height="380" fill="#ffffff"/>
      PANELS</svg>
      """;

  void draw(Path file) {
    var panels =
        panel(0, "Pages of users who are logged in", pages)
            + panel(1, "Redirects of strangers to log in", redirects);
    try {
      Files.writeString(file, FRAME.replace("PANELS", panels));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String panel(int number, String heading, Comparison comparison) {
    var top = 30 + number * PANEL;
    var drawn = new StringBuilder();
    drawn.append(
        format(
            "<text class=\"heading\" x=\"16\" y=\"%d\">%s, in percent of bare Tomcat's</text>\n",
            top, heading));
    for (int percent = 0; percent <= 100; percent += 25) {
      drawn.append(
          format(
              "<line class=\"grid\" x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\"/>"
                  + "<text class=\"scale\" x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%d</text>\n",
              x(percent),
              top + 12,
              x(percent),
              top + 12 + SHOWN.size() * ROW,
              x(percent),
              top + 28 + SHOWN.size() * ROW,
              percent));
    }
    for (int i = 0; i < SHOWN.size(); i++) {
      drawn.append(bar(top + 17 + i * ROW, SHOWN.get(i), comparison));
    }
    return drawn.toString();
  }

  // The bar is the round in the middle, the thin line goes from the smallest to the largest.
  private static String bar(int y, Variant variant, Comparison comparison) {
    var share = comparison.share(variant, Rate::perSecond);
    return format(
        """
        <text x="%d" y="%d" text-anchor="end">%s</text>
        <rect class="%s" x="%d" y="%d" width="%.1f" height="24"/>
        <line class="range" x1="%.1f" y1="%d" x2="%.1f" y2="%d"/>
        <text x="%.1f" y="%d">%.0f %%</text>
        """,
        LEFT - 10,
        y + 17,
        variant.label(),
        variant == Variant.GATEHOUSE ? "own" : "other",
        LEFT,
        y,
        x(share.middle()) - LEFT,
        x(share.smallest()),
        y + 12,
        x(share.largest()),
        y + 12,
        Math.max(x(share.middle()), x(share.largest())) + 8,
        y + 17,
        share.middle());
  }

  private static double x(double percent) {
    return LEFT + WIDTH * Math.min(percent, 110) / 100;
  }

  private static String format(String text, Object... values) {
    return String.format(Locale.ROOT, text, values);
  }
}

package io.gatehouse.it.floods;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Heap, threads and open files over the minutes of a soak, as a drawing for the documentation. */
record SoakPlot(List<Sample> samples) {
  private static final int LEFT = 60;
  private static final int WIDTH = 640;
  private static final int HEIGHT = 100;
  private static final int GAP = 50;

  private static final String FRAME =
      """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 760 500" width="760" height="500" \
      role="img" aria-labelledby="title">
      <title id="title">Heap after garbage collection, threads and open files over MINUTES minutes\
      </title>
      <style>
      text { font-family: system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; \
      font-size: 13px; fill: #57606a; }
      .axis { stroke: #8c959f; stroke-width: 1; } \
      .line { fill: none; stroke: #2f81f7; stroke-width: 2; }
      @media (prefers-color-scheme: dark) { text { fill: #9da7b1; } }
      </style>
      PANELS</svg>
      """;

  void draw(Path file) {
    var panels =
        panel(0, "heap in MiB, after garbage collection", it -> it.heapKiB() / 1024.0)
            + panel(1, "threads", Sample::threads)
            + panel(2, "open files and sockets", Sample::openFiles)
            + minutes();
    try {
      Files.writeString(
          file,
          FRAME
              .replace("MINUTES", String.format(Locale.ROOT, "%.0f", length()))
              .replace("PANELS", panels));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private double length() {
    return Math.max(0.1, samples.get(samples.size() - 1).minute());
  }

  /** Draws one quantity from zero up, so that a small growth does not look large. */
  private String panel(int number, String name, ToDoubleFunction<Sample> quantity) {
    var top = 30 + number * (HEIGHT + GAP);
    var bottom = top + HEIGHT;
    var most = samples.stream().mapToDouble(quantity).max().orElseThrow();
    var points = new StringBuilder();
    for (var sample : samples) {
      points.append(
          String.format(
              Locale.ROOT,
              "%.1f,%.1f ",
              LEFT + WIDTH * sample.minute() / length(),
              bottom - HEIGHT * quantity.applyAsDouble(sample) / most));
    }
    return String.format(
        Locale.ROOT,
        """
        <text x="%d" y="%d">%s</text>
        <text x="8" y="%d">%.0f</text><text x="8" y="%d">0</text>
        <line class="axis" x1="%d" y1="%d" x2="%d" y2="%d"/>
        <polyline class="line" points="%s"/>
        """,
        LEFT,
        top - 10,
        name,
        top + 5,
        most,
        bottom + 4,
        LEFT,
        bottom,
        LEFT + WIDTH,
        bottom,
        points.toString().strip());
  }

  private String minutes() {
    var y = 30 + 3 * HEIGHT + 2 * GAP + 18;
    return String.format(
        Locale.ROOT,
        "<text x=\"%d\" y=\"%d\">0</text><text x=\"%d\" y=\"%d\" text-anchor=\"end\">%.0f minutes"
            + "</text>\n",
        LEFT,
        y,
        LEFT + WIDTH,
        y,
        length());
  }
}

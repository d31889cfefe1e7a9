package io.gatehouse.it.load;

import io.gatehouse.it.load.Dashboard.Panel;
import io.gatehouse.it.load.Prometheus.Series;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A dashboard as a page with a drawing: its panels at the places in its file, with Prometheus'
 * answers. Grafana itself would draw the panels a little differently.
 */
final class DashboardPicture {
  static final int WIDTH = 1600;

  private static final int TOP = 44;
  private static final int LINE = 38; // of Grafana's grid: 30 pixels and a gap of 8
  private static final int GAP = 8;
  private static final int LEFT = 62; // of the curves, in their panel
  private static final int TIMES = 3;
  private static final List<String> COLOURS =
      List.of(
          "#56A64B", "#E0B400", "#1F78C1", "#FF780A", "#E02F44", "#8F3BB8", "#0F8B8D", "#705DA0");

  private static final String PAGE =
      """
      <!DOCTYPE html><meta charset="utf-8"><title>Dashboard</title><style>
      body { margin: 0; background: #f4f5f5; }
      text { font: 12px "DejaVu Sans", system-ui, sans-serif; fill: #5a5f66; }
      .title { font-size: 13px; font-weight: 600; fill: #24292e; } .end { text-anchor: end; }
      .middle { text-anchor: middle; } .row { font-size: 15px; } .name { font-size: 18px; }
      .panel { fill: #ffffff; stroke: #dcdee0; } .grid { stroke: #ebedef; }
      </style><svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d">
      """;

  private final StringBuilder page = new StringBuilder();
  private final Instant from;
  private final Instant to;

  private DashboardPicture(Instant from, Instant to) {
    this.from = from;
    this.to = to;
  }

  /** Returns the height of the page. */
  static int height(Dashboard dashboard) {
    var lines =
        dashboard.panels().stream()
            .mapToInt(it -> it.position().y() + it.position().height())
            .max()
            .orElse(0);
    return TOP + lines * LINE + GAP;
  }

  /**
   * Returns the page.
   *
   * @param series of each panel
   */
  static String of(Dashboard dashboard, Map<Panel, List<Series>> series, Instant from, Instant to) {
    var picture = new DashboardPicture(from, to);
    picture.add(PAGE, WIDTH, height(dashboard));
    picture.text("title name", 16, 30, dashboard.title());
    for (var panel : dashboard.panels()) {
      picture.add(panel, series.getOrDefault(panel, List.of()));
    }
    return picture.page + "</svg>\n";
  }

  private void add(Panel panel, List<Series> series) {
    var position = panel.position();
    var x = position.x() * WIDTH / 24 + GAP / 2;
    var y = TOP + position.y() * LINE;
    var width = position.width() * WIDTH / 24 - GAP;
    var height = position.height() * LINE - GAP;
    if (panel.isRow()) {
      text("title row", x + 8, y + 22, panel.title());
      return;
    }
    add(
        "<rect class=\"panel\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"3\"/>",
        x, y, width, height);
    text("title", x + 12, y + 22, panel.title());
    var legend = legend(panel, series, x + 12, y + height - 10, width - 24);
    var area = new Area(x + LEFT, y + 38, width - LEFT - 16, height - 38 - 26 - legend);
    curves(panel, series, area);
  }

  /** The area of the curves, in pixels. */
  private record Area(int x, int y, int width, int height) {
    double y(double share) {
      return y + height * (1 - share);
    }
  }

  // From the bottom line upwards; how high it is.
  private int legend(Panel panel, List<Series> series, int x, int bottom, int width) {
    var lines = new ArrayList<List<Integer>>(List.of(new ArrayList<>()));
    var used = 0;
    for (int i = 0; i < series.size(); i++) {
      var length = length(series.get(i));
      if (used + length > width && used > 0) {
        lines.add(new ArrayList<>());
        used = 0;
      }
      lines.get(lines.size() - 1).add(i);
      used += length;
    }
    for (int line = 0; line < lines.size(); line++) {
      var y = bottom - (lines.size() - 1 - line) * 17;
      var at = x;
      for (var i : lines.get(line)) {
        add(
            "<rect x=\"%d\" y=\"%d\" width=\"12\" height=\"4\" rx=\"2\" fill=\"%s\"/>",
            at, y - 6, colour(panel, series, i));
        text("", at + 17, y, series.get(i).name());
        at += length(series.get(i));
      }
    }
    return lines.size() * 17;
  }

  private static int length(Series series) {
    return 34 + Math.round(7.4f * series.name().length());
  }

  private static String colour(Panel panel, List<Series> series, int index) {
    var own = panel.colours().get(series.get(index).name());
    return own == null ? COLOURS.get(index % COLOURS.size()) : own;
  }

  private void curves(Panel panel, List<Series> series, Area area) {
    var tops = tops(panel, series);
    var most = tops.stream().flatMap(it -> it.values().stream()).max(Double::compare).orElse(1.0);
    var step = step(panel.unit().equals("percentunit") ? 1 : Math.max(most, 1e-6));
    var highest = Math.max(step, Math.ceil(most / step - 1e-9) * step);
    for (double value = 0; value <= highest * 1.001; value += step) {
      var y = area.y(value / highest);
      add(
          "<line class=\"grid\" x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\"/>",
          area.x, y, area.x + area.width, y);
      text("end", area.x - 8, (int) y + 4, said(value, panel.unit()));
    }
    for (int i = 0; i <= TIMES; i++) {
      var second = from.getEpochSecond() + seconds() * i / TIMES;
      var time = Instant.ofEpochSecond(second).atOffset(ZoneOffset.UTC);
      text(
          i == 0 ? "" : i == TIMES ? "end" : "middle",
          (int) x(area, second),
          area.y + area.height + 17,
          DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).format(time));
    }
    for (int i = series.size() - 1; i >= 0; i--) { // the highest of a stack is the hindmost
      curve(area, tops.get(i), highest, colour(panel, series, i), panel.isStacked());
    }
  }

  /** Returns the curves' values: with those below them, if they are stacked. */
  private static List<Map<Long, Double>> tops(Panel panel, List<Series> series) {
    var below = new HashMap<Long, Double>();
    var tops = new ArrayList<Map<Long, Double>>();
    for (var one : series) {
      var top = new TreeMap<>(one.values());
      if (panel.isStacked()) {
        top.replaceAll((second, value) -> below.merge(second, value, Double::sum));
      }
      tops.add(top);
    }
    return tops;
  }

  private void curve(
      Area area, Map<Long, Double> values, double highest, String colour, boolean filled) {
    if (values.isEmpty()) {
      return;
    }
    var points = new StringBuilder();
    var first = area.x + 0.0;
    var last = first;
    for (var value : values.entrySet()) {
      last = x(area, value.getKey());
      first = points.isEmpty() ? last : first;
      points.append(format("%.1f,%.1f ", last, area.y(Math.min(1, value.getValue() / highest))));
    }
    if (filled) {
      add(
          "<polygon points=\"%.1f,%.1f %s%.1f,%.1f\" fill=\"%s\"/>",
          first, area.y(0), points, last, area.y(0), colour);
    }
    add(
        "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"%s\"/>",
        points, colour, filled ? "1" : "2");
  }

  private long seconds() {
    return Math.max(1, to.getEpochSecond() - from.getEpochSecond());
  }

  private double x(Area area, long second) {
    return area.x + (double) area.width * (second - from.getEpochSecond()) / seconds();
  }

  /**
   * Returns the distance between two lines of the grid, which has three to six: 1, 2 or 5 times a
   * power of ten.
   */
  private static double step(double most) {
    var power = Math.pow(10, Math.floor(Math.log10(most / 3)));
    var parts = most / 3 / power;
    return power * (parts >= 5 ? 5 : parts >= 2 ? 2 : 1);
  }

  /** Returns a number in one of Grafana's units. */
  private static String said(double value, String unit) {
    if (unit.equals("percentunit")) {
      return format("%.0f %%", value * 100);
    }
    if (unit.equals("s") && value > 0 && value < 1) {
      return trimmed(value * 1000) + " ms";
    }
    var suffix = unit.equals("short") ? "" : " " + unit.replace("suffix:", "");
    return trimmed(value) + suffix;
  }

  private static String trimmed(double value) {
    return format("%.3f", value).replaceAll("[.]?0+$", "");
  }

  private void text(String kind, int x, int y, String text) {
    var escaped = text.replace("&", "&amp;").replace("<", "&lt;");
    add("<text class=\"%s\" x=\"%d\" y=\"%d\">%s</text>", kind, x, y, escaped);
  }

  private void add(String markup, Object... values) {
    page.append(format(markup, values)).append('\n');
  }

  private static String format(String text, Object... values) {
    return String.format(Locale.ROOT, text, values);
  }
}

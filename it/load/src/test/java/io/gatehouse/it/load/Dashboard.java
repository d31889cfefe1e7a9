package io.gatehouse.it.load;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The content of a dashboard's file: Grafana's JSON model of version 10, limited to the contents
 * and places of its panels.
 *
 * @param variables the queries of its variables, {@code label_values(METRIC, LABEL)}
 */
record Dashboard(String title, List<Panel> panels, List<String> variables) {
  /** The variables with all their values, and the rate of one scrape per second. */
  private static final Map<String, String> VALUES =
      Map.of("$__rate_interval", "15s", "$job", ".*", "$instance", ".*", "$gatehouse_filter", ".*");

  /** A query of Prometheus, with its variables replaced, and the legend of its series. */
  record Query(String expression, String legend) {}

  /** A position in a grid of 24 columns, and lines. */
  record Position(int x, int y, int width, int height) {
    boolean overlaps(Position other) {
      return x < other.x + other.width
          && other.x < x + width
          && y < other.y + other.height
          && other.y < y + height;
    }
  }

  /**
   * A panel; one without queries is the heading of a row.
   *
   * @param colours by the series' name
   * @param isStacked whether the series are drawn one upon the other
   */
  record Panel(
      String title,
      String description,
      String unit,
      Position position,
      List<Query> queries,
      Map<String, String> colours,
      boolean isStacked) {
    boolean isRow() {
      return queries.isEmpty();
    }
  }

  static Dashboard read(Path file) {
    try (var reader = Json.createReader(Files.newBufferedReader(file))) {
      var json = reader.readObject();
      return new Dashboard(
          json.getString("title"),
          objects(json, "panels").stream().map(Dashboard::panel).toList(),
          objects(json.getJsonObject("templating"), "list").stream()
              .filter(it -> it.getString("type").equals("query"))
              .map(it -> filledIn(it.getString("definition")))
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Panel panel(JsonObject json) {
    var defaults = object(object(json, "fieldConfig"), "defaults");
    var stacking = object(object(defaults, "custom"), "stacking");
    return new Panel(
        json.getString("title"),
        json.getString("description", ""),
        defaults.getString("unit", ""),
        position(json.getJsonObject("gridPos")),
        objects(json, "targets").stream()
            .map(it -> new Query(filledIn(it.getString("expr")), it.getString("legendFormat")))
            .toList(),
        colours(object(json, "fieldConfig")),
        stacking.getString("mode", "none").equals("normal"));
  }

  private static Position position(JsonObject json) {
    return new Position(json.getInt("x"), json.getInt("y"), json.getInt("w"), json.getInt("h"));
  }

  private static Map<String, String> colours(JsonObject fieldConfig) {
    var colours = new HashMap<String, String>();
    for (var override : objects(fieldConfig, "overrides")) {
      for (var property : objects(override, "properties")) {
        if (property.getString("id").equals("color")) {
          colours.put(
              override.getJsonObject("matcher").getString("options"),
              property.getJsonObject("value").getString("fixedColor"));
        }
      }
    }
    return colours;
  }

  private static String filledIn(String expression) {
    var text = expression;
    for (var value : VALUES.entrySet()) {
      text = text.replace(value.getKey(), value.getValue());
    }
    if (text.contains("$")) {
      throw new IllegalStateException("a variable that nobody fills in: " + text);
    }
    return text;
  }

  private static JsonObject object(JsonObject json, String name) {
    return json.containsKey(name) ? json.getJsonObject(name) : JsonObject.EMPTY_JSON_OBJECT;
  }

  private static List<JsonObject> objects(JsonObject json, String name) {
    return json.containsKey(name)
        ? json.getJsonArray(name).getValuesAs(JsonObject.class)
        : List.of();
  }

  /** Returns all queries of the panels. */
  List<Query> queries() {
    return panels.stream().flatMap(it -> it.queries().stream()).toList();
  }

  /** Returns the name of a series, from a legend such as {@code {{outcome}}}. */
  static String name(String legend, JsonObject labels) {
    var name = legend;
    for (var label : labels.entrySet()) {
      if (label.getValue() instanceof JsonString text) {
        name = name.replace("{{" + label.getKey() + "}}", text.getString());
      }
    }
    return name.replaceAll("\\{\\{[^}]*}}", "").strip();
  }
}

package io.gatehouse.standin;

import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;

/** How often the server was called, and what strict mode found wrong; for tests to assert on. */
final class Calls {

  enum Endpoint {
    DISCOVERY("discovery"),
    JWKS("jwks"),
    AUTHORIZE("authorize"),
    REQUEST_OBJECT("requestObject"),
    TOKEN("token"),
    REFRESH("refresh"),
    REVOKE("revoke"),
    API("api");

    private final String name;

    Endpoint(String name) {
      this.name = name;
    }
  }

  private final Map<Endpoint, LongAdder> counts = new EnumMap<>(Endpoint.class);
  private final List<String> violations = new CopyOnWriteArrayList<>();

  Calls() {
    for (var endpoint : Endpoint.values()) {
      counts.put(endpoint, new LongAdder());
    }
  }

  void count(Endpoint endpoint) {
    counts.computeIfAbsent(endpoint, key -> new LongAdder()).increment();
  }

  void violated(String rule) {
    violations.add(rule);
  }

  void reset() {
    counts.values().forEach(LongAdder::reset);
    violations.clear();
  }

  Map<String, Object> report() {
    var report = new LinkedHashMap<String, Object>();
    counts.forEach((endpoint, count) -> report.put(endpoint.name, count.sum()));
    report.put("violations", List.copyOf(violations));
    return Collections.unmodifiableMap(report);
  }
}

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
    END_SESSION("endSession"),
    API("api");

    private final String name;

    Endpoint(String name) {
      this.name = name;
    }
  }

  private final Map<Endpoint, LongAdder> counts = new EnumMap<>(Endpoint.class);
  private final List<String> violations = new CopyOnWriteArrayList<>();
  private final List<String> refusals = new CopyOnWriteArrayList<>();

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

  /** What a client sent was refused; not what a person did, and no refresh that came too late. */
  void refused(String reason) {
    refusals.add(reason);
  }

  void reset() {
    counts.values().forEach(LongAdder::reset);
    violations.clear();
    refusals.clear();
  }

  /** By endpoint. */
  Map<String, Long> counts() {
    var sums = new LinkedHashMap<String, Long>();
    counts.forEach((endpoint, count) -> sums.put(endpoint.name, count.sum()));
    return Collections.unmodifiableMap(sums);
  }

  /** In the order in which they came. */
  List<String> refusals() {
    return List.copyOf(refusals);
  }

  Map<String, Object> report() {
    var report = new LinkedHashMap<String, Object>(counts());
    report.put("violations", List.copyOf(violations));
    report.put("refusals", List.copyOf(refusals));
    return Collections.unmodifiableMap(report);
  }
}

package io.gatehouse.standin.state;

import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;

/** Counts of calls, violations that strict mode found, and refusals; tests assert on them. */
public final class Calls {

  public enum Endpoint {
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

  public void count(Endpoint endpoint) {
    counts.computeIfAbsent(endpoint, key -> new LongAdder()).increment();
  }

  public void violated(String rule) {
    violations.add(rule);
  }

  /**
   * Records that a client's request was refused. A person's choice is not recorded, nor is a
   * refresh that came too late.
   */
  public void refused(String reason) {
    refusals.add(reason);
  }

  public void reset() {
    counts.values().forEach(LongAdder::reset);
    violations.clear();
    refusals.clear();
  }

  /** Returns the counts by endpoint. */
  public Map<String, Long> counts() {
    var sums = new LinkedHashMap<String, Long>();
    counts.forEach((endpoint, count) -> sums.put(endpoint.name, count.sum()));
    return Collections.unmodifiableMap(sums);
  }

  /** Returns the refusals in the order of their requests. */
  public List<String> refusals() {
    return List.copyOf(refusals);
  }

  public Map<String, Object> report() {
    var report = new LinkedHashMap<String, Object>(counts());
    report.put("violations", List.copyOf(violations));
    report.put("refusals", List.copyOf(refusals));
    return Collections.unmodifiableMap(report);
  }
}

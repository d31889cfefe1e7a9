package io.gatehouse.standin.api;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** Offerings that the protected API lists: three that always exist, and the last created ones. */
public final class Offerings {

  private static final int MAX_CREATED = 100;
  private static final List<Map<String, String>> ALWAYS =
      List.of(
          offering(1, "Example Cloud Storage", "Launched"),
          offering(2, "Example Analytics", "Active"),
          offering(3, "Example Edge Gateway", "In study"));

  private final Deque<Map<String, String>> created = new ArrayDeque<>();
  private int last = ALWAYS.size();

  synchronized List<Map<String, String>> all() {
    var all = new ArrayList<>(ALWAYS);
    all.addAll(created);
    return all;
  }

  synchronized Map<String, String> create(String name) {
    var offering = offering(++last, name, "In study");
    created.add(offering);
    if (created.size() > MAX_CREATED) {
      created.remove();
    }
    return offering;
  }

  public synchronized void reset() {
    created.clear();
    last = ALWAYS.size();
  }

  private static Map<String, String> offering(int number, String name, String status) {
    return Map.of("id", "offering-" + number, "name", name, "status", status);
  }
}

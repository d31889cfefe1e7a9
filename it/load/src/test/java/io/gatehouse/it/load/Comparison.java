package io.gatehouse.it.load;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The rounds of all variants, which take turns, so that other load of the machine affects all
 * alike.
 */
final class Comparison {
  /** One round of one variant. */
  interface Round {
    Rate run(LoadedServer server);
  }

  private final Map<Variant, List<Rate>> rates = new EnumMap<>(Variant.class);

  private Comparison() {}

  /**
   * Lets the variants take turns, each time another one first.
   *
   * @param warmUp rounds that do not count
   * @param rounds rounds that count
   */
  static Comparison of(List<LoadedServer> servers, int warmUp, int rounds, Round round) {
    var comparison = new Comparison();
    var order = new ArrayList<>(servers);
    for (int i = 0; i < warmUp + rounds; i++) {
      for (var server : order) {
        var rate = round.run(server);
        if (i >= warmUp) {
          comparison.rates.computeIfAbsent(server.variant(), it -> new ArrayList<>()).add(rate);
        }
      }
      Collections.rotate(order, 1);
    }
    return comparison;
  }

  /** Returns the variant's quantity relative to the bare variant in the same round, in percent. */
  Median share(Variant variant, ToDoubleFunction<Rate> quantity) {
    var own = of(variant);
    var bare = of(Variant.BARE);
    var shares = new ArrayList<Double>();
    for (int i = 0; i < own.size(); i++) {
      shares.add(100 * quantity.applyAsDouble(own.get(i)) / quantity.applyAsDouble(bare.get(i)));
    }
    return Median.of(shares);
  }

  /** Returns a table for the documentation. */
  List<String> table(String what) {
    var lines = new ArrayList<String>();
    lines.add(
        "| before the page | %s a second | of what goes without | half within ms | 99 %% within ms | of what it is without | processor for each | server's core busy |"
            .formatted(what));
    lines.add("|---|---|---|---|---|---|---|---|");
    rates.keySet().forEach(it -> lines.add(row(it)));
    return lines;
  }

  private String row(Variant variant) {
    return String.format(
        Locale.ROOT,
        "| %s | %,.0f | %s | %.2f | %.2f | %s | %.1f µs | %.0f %% |",
        variant.label(),
        median(variant, Rate::perSecond),
        share(variant, Rate::perSecond).said("%.1f %%"),
        median(variant, it -> it.latencies().millis(0.5)),
        median(variant, it -> it.latencies().millis(0.99)),
        share(variant, it -> it.latencies().millis(0.99)).said("%.0f %%"),
        median(variant, Rate::micros),
        median(variant, Rate::busy));
  }

  double median(Variant variant, ToDoubleFunction<Rate> quantity) {
    return Median.of(of(variant).stream().mapToDouble(quantity).boxed().toList()).middle();
  }

  private List<Rate> of(Variant variant) {
    var found = rates.get(variant);
    if (found == null) {
      throw new IllegalStateException(variant + " was not measured");
    }
    return found;
  }
}

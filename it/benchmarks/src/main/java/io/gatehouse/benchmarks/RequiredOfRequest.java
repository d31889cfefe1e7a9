package io.gatehouse.benchmarks;

import io.gatehouse.internal.access.AccessRules;
import io.gatehouse.internal.access.PathRules;
import io.gatehouse.internal.access.RequestPattern;
import io.gatehouse.internal.access.Requirement;
import io.gatehouse.internal.access.WelcomeFiles;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The decision what a request requires, by 100 rules. */
@Fork(2)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RequiredOfRequest {
  private static final int KNOWN = 64;
  private static final int NEW = 1 << 16;

  private final LightRequest[] known = requests(KNOWN, "/area7/page");
  private final LightRequest[] some = requests(NEW, "/area7/page/number");
  private final AccessRules rules = rules();
  private int next;

  private static LightRequest[] requests(int number, String path) {
    return IntStream.range(0, number)
        .mapToObj(it -> LightRequest.page(path + it))
        .toArray(LightRequest[]::new);
  }

  private static AccessRules rules() {
    var open = new LinkedHashMap<RequestPattern, Boolean>();
    var roles = new LinkedHashMap<RequestPattern, Set<String>>();
    for (int i = 0; i < 50; i++) {
      open.put(RequestPattern.parse("/area" + i + "/assets/*").orElseThrow(), true);
      roles.put(RequestPattern.parse("/area" + i + "/*").orElseThrow(), Set.of("role" + i));
    }
    return new AccessRules(
        new AccessRules.RuleSet(
            new PathRules<>(open),
            false,
            new PathRules<>(Map.of()),
            new PathRules<>(roles),
            new PathRules<>(Map.of()),
            new PathRules<>(Map.of())),
        WelcomeFiles.USUAL);
  }

  @Benchmark
  public Requirement knownPath() {
    next = (next + 1) & (KNOWN - 1);
    return rules.of(known[next]);
  }

  @Benchmark
  public Requirement newPath() {
    next = (next + 1) & (NEW - 1);
    return rules.of(some[next]);
  }
}

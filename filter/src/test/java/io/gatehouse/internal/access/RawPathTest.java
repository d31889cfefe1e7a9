package io.gatehouse.internal.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths that leave the application, in the form of the request line. */
@Tag("case-108")
class RawPathTest {
  private static final List<String> DOTS =
      List.of(
          "..", "%2e.", ".%2E", "%2e%2e", "%252e%252e", "%25252e.", "..;x", "..%3bx", "%2e.;a=b");
  private static final List<String> SLASHES = List.of("/", "%2f", "%2F", "\\", "%5c", "%252f");
  private static final List<String> NOWHERE = List.of("", ".", "%2e", ";x", ".;a", "%2e%3ba");

  private static boolean leaves(String contextPath, String uri) {
    return RawPath.leaves(contextPath, uri);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/shop/../xxxxorders",
        "/shop/../shop/orders",
        "/shop/a/../../shop/orders",
        "/shop//../shop/orders",
        "/shop/./../shop/orders",
        "/shop/;a/../shop/orders",
        "/shop/..",
        "/shop/../",
        "/../shop/orders",
        "/x/../shop/orders",
        "/shop/%2e%2e/shop/orders",
        "/shop/..%2fshop/orders",
        "/shop/..\\shop\\orders",
        "/shop/%252e%252e/shop",
        "/shop/..;/shop/orders",
        "/shop/%zz/../../shop/orders",
        "http://localhost/shop/../shop/orders"
      })
  void leavesBySegmentsOfDots(String uri) {
    assertThat(leaves("/shop", uri)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/shop",
        "/shop/",
        "/shop/orders",
        "/shop/a/../orders",
        "/shop/a/b/../../orders",
        "/shop/...",
        "/shop/..a",
        "/shop/a..",
        "/shop/a../b",
        "/shop/100%25",
        "/shop/%E2%82%AC",
        "/shop/a;b=c/d",
        "/shop//orders",
        "/%73hop/orders",
        "/shop/a%2e%2eb"
      })
  void staysInside(String uri) {
    assertThat(leaves("/shop", uri)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/..", "/../orders", "/a/../../orders", "/%2e%2e/x", "/..;a/x"})
  void leavesTheRootApplicationToo(String uri) {
    assertThat(leaves("", uri)).isTrue();
  }

  @Provide
  Arbitrary<String> contexts() {
    return segment()
        .list()
        .ofMaxSize(3)
        .map(it -> it.stream().map(s -> "/" + s).collect(Collectors.joining()));
  }

  private static Arbitrary<String> segment() {
    return Arbitraries.strings().withCharRange('a', 'z').ofMinLength(1).ofMaxLength(12);
  }

  @Provide
  Arbitrary<List<String>> plainSegments() {
    return segment().list().ofMaxSize(5);
  }

  @Property(tries = 500)
  void noPathWithoutDotsLeaves(
      @ForAll("contexts") String context, @ForAll("plainSegments") List<String> segments) {
    assertThat(leaves(context, context + "/" + String.join("/", segments))).isFalse();
  }

  /**
   * A path with one step more back than forward leaves the application, at every depth and in every
   * spelling.
   */
  @Property(tries = 2000)
  void oneStepMoreBackThanForwardLeaves(
      @ForAll("contexts") String context,
      @ForAll("plainSegments") List<String> segments,
      @ForAll long seed) {
    var random = new Random(seed);
    var back = IntStream.rangeClosed(0, segments.size()).mapToObj(it -> pick(DOTS, random));
    var uri =
        Stream.concat(segments.stream(), back)
            .map(it -> pick(NOWHERE, random) + pick(SLASHES, random) + it)
            .collect(Collectors.joining(pick(SLASHES, random)));
    assertThat(leaves(context, context + "/" + uri + "/back/again")).as(uri).isTrue();
  }

  private static String pick(List<String> all, Random random) {
    return all.get(random.nextInt(all.size()));
  }
}

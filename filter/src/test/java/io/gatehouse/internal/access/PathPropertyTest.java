package io.gatehouse.internal.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.attacks.PathSpellings;
import io.gatehouse.attacks.RedirectTargets;
import io.gatehouse.filter.FakeRequest;
import io.gatehouse.filter.FakeResponse;
import io.gatehouse.internal.config.LenientReading;
import io.gatehouse.internal.jose.Mutations;
import io.gatehouse.internal.web.Landing;
import io.gatehouse.internal.web.PublicUrl;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;

/**
 * Paths and return addresses: a path on which the filter decides means the same path to every other
 * reader.
 */
class PathPropertyTest {
  private static final String OWN = "app.example";
  private static final List<String> PUBLIC = List.of("/open", "/static", "/open.do");
  private static final AccessRules RULES =
      Rules.open("/", "/open/*", "/static/*", "/open.do").role("/open/admin/*", "admin").rules();

  @Provide
  Arbitrary<String> spellings() {
    var all = new LinkedHashSet<String>();
    for (var path : List.of("/who", "/guarded/who", "/svc/secret")) {
      all.addAll(PathSpellings.of(path, PUBLIC));
    }
    return Arbitraries.of(all);
  }

  @Provide
  Arbitrary<String> targets() {
    return Arbitraries.of(RedirectTargets.against(OWN));
  }

  @Provide
  Arbitrary<String> texts() {
    return Mutations.anyText();
  }

  private static boolean isPublic(String target) {
    return RULES.of(FakeRequest.get(target).http()).isPublic();
  }

  @Property(tries = 1000)
  @Tag("case-1")
  @Tag("case-2")
  @Tag("case-3")
  @Tag("case-4")
  void noSpellingOfAProtectedPathIsPublic(@ForAll("spellings") String spelling) {
    assertThat(isPublic(spelling)).isFalse();
  }

  // All of them, without a draw: it/containers tries a share.
  @Example
  @Tag("case-1")
  @Tag("case-14")
  void noneOfAllSpellingsIsPublicAndNoneOfAllTargetsIsReturnedTo() {
    var open = PathSpellings.of("/who", PUBLIC).stream().filter(it -> isPublic(it)).toList();
    assertThat(open).isEmpty();
    for (var target : RedirectTargets.against(OWN)) {
      assertStaysHere(target);
    }
  }

  @Property(tries = 1000)
  @Tag("case-2")
  @Tag("case-3")
  void whatIsPublicIsPublicHoweverLenientlyItIsRead(@ForAll("texts") String text) {
    for (var uri : List.of("/open/" + text, "/" + text, "/static/x/" + text)) {
      if (isPublic(uri)) {
        assertThat(LenientReading.of(withoutQuery(uri)))
            .as(uri)
            .allMatch(it -> RULES.of("GET", it).isPublic());
      }
    }
  }

  private static String withoutQuery(String uri) {
    return uri.contains("?") ? uri.substring(0, uri.indexOf('?')) : uri;
  }

  // As a browser reads what comes of it: the host is the application's own.
  private static void assertStaysHere(String target) {
    for (var uri : List.of(target, "/" + target, "/who?" + target, "/who?next=" + target)) {
      var request = FakeRequest.get(uri);
      RequestPath.of(request.http())
          .returnPath(request.http())
          .ifPresent(
              it -> {
                assertThat(it).matches("/(?![/\\\\])[\\x21-\\x7E]*").hasSizeLessThan(2049);
                var response = new FakeResponse();
                new Landing(new PublicUrl(Optional.of(URI.create("https://" + OWN))), "/")
                    .redirect(request.http(), response.http(), it);
                assertThat(response.header("Location")).startsWith("https://" + OWN + "/");
                assertThat(
                        it.replaceFirst("[?#].*", "")
                            .replaceAll(
                                "%[0-9A-Fa-f]{2}|[A-Za-z0-9/._~:@!$&'()*+,=\\[\\]^`{|}-]", ""))
                    .as("what no path has in " + it)
                    .isEmpty();
              });
    }
  }

  @Property
  @Tag("case-14")
  @Tag("case-18")
  void noTargetElsewhereIsReturnedTo(@ForAll("targets") String target) {
    assertStaysHere(target);
  }

  @Property
  @Tag("case-14")
  @Tag("case-15")
  @Tag("case-18")
  void whateverIsAskedForTheReturnIsAPathOfTheApplication(@ForAll("texts") String text) {
    assertStaysHere(text);
    assertStaysHere(text.repeat(100));
  }

  @Property
  @Tag("case-15")
  void whatIsPlainIsReturnedToAsItWas(@ForAll("plain") String path) {
    var request = FakeRequest.get(path);
    assertThat(RequestPath.of(request.http()).returnPath(request.http())).hasValue(path);
  }

  @Provide
  Arbitrary<String> plain() {
    return Arbitraries.strings()
        .withCharRange('a', 'z')
        .ofMinLength(1)
        .ofMaxLength(20)
        .list()
        .ofMinSize(1)
        .ofMaxSize(20)
        .map(it -> "/" + String.join("/", it) + "?q=" + it.get(0));
  }

  @Property
  void anyPatternIsRefusedOrUsable(@ForAll("texts") String text) {
    if (PathPattern.isUsable(text)) {
      var pattern = new PathPattern(text);
      assertThat(pattern.matches(text.replace("/*", "/x"))).isTrue();
      assertThat(pattern.matches("x" + text)).isFalse();
    }
  }
}

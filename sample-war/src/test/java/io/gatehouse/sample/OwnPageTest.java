package io.gatehouse.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class OwnPageTest {
  private static final URI ADDRESS = URI.create("http://localhost:8080/sample/offerings/new");

  @Test
  void believesSecFetchSite() {
    assertThat(OwnPage.isOwn("same-origin", null, ADDRESS)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"cross-site", "same-site", "none", ""})
  void refusesOtherSitesWhateverTheirOriginSays(String site) {
    assertThat(OwnPage.isOwn(site, "http://localhost:8080", ADDRESS)).isFalse();
  }

  @Test
  void believesOriginWhereThereIsNoSecFetchSite() {
    assertThat(OwnPage.isOwn(null, "http://localhost:8080", ADDRESS)).isTrue();
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"null", "", "http://localhost:8081", "https://localhost:8080"})
  void refusesAnotherOriginOrNone(String origin) {
    assertThat(OwnPage.isOwn(null, origin, ADDRESS)).isFalse();
  }
}

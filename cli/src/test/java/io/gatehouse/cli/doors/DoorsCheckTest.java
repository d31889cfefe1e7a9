package io.gatehouse.cli.doors;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.cli.Run;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DoorsCheckTest {
  private static final String NOTHING = "http://127.0.0.1:1/shop";

  @Test
  void needsNoConfiguration() {
    var run = Run.of("check", "--application", NOTHING);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out())
        .startsWith("fail  guard: the application does not answer as it should: 127.0.0.1:1: ")
        .contains("-> Start the application, or correct --application")
        .endsWith("0 ok, 0 warn, 1 fail\n");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void checksTheConfigurationTooIfItIsNamed() {
    var run = Run.of("check", "--application", NOTHING, "--init-param", "path=no path");

    assertThat(run.out()).contains("fail  gatehouse.path: GH133 must be").contains("fail  guard: ");
  }

  @Test
  void isForTheConfigurationAloneWithoutAnApplication() {
    var run = Run.of("check", "--init-param", "path=no path");

    assertThat(run.out()).contains("fail  gatehouse.path: ").doesNotContain("guard");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "who",
        "",
        "/",
        "//who",
        "/../who",
        "/a/..",
        "/who?x=1",
        "/%77ho",
        "/who;x",
        "/a b"
      })
  void refusesAPathThatIsNone(String path) {
    var run = Run.of("check", "--application", NOTHING, "--path", path);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--path must be a path within the application");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void refusesMorePathsThanThereAreRequestsFor() {
    var arguments = new ArrayList<>(List.of("check", "--application", NOTHING));
    for (var path : List.of("/a", "/b", "/c", "/d")) {
      arguments.addAll(List.of("--path", path));
    }
    var run = Run.of(arguments.toArray(String[]::new));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .contains("--path can be given 3 times: a check makes at most 80 requests");
  }

  @Test
  void refusesPathsWithoutAnApplicationAndAnAddressWithCredentials() {

    var run = Run.of("check", "--application", "http://me:secret@127.0.0.1:1/shop");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--application must be").doesNotContain("secret");
  }
}

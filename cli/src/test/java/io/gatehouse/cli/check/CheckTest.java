package io.gatehouse.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.cli.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sources of the configuration, and the findings about its faults. */
class CheckTest {
  private static final String SECRET = "too short a secret";

  @TempDir private Path directory = Path.of("");

  private String file(String name, String content) throws IOException {
    return Files.writeString(directory.resolve(name), content).toString();
  }

  @Test
  void hasALineForEveryFaultAndShowsNoValue() throws IOException {
    var file =
        file(
            "shop.properties",
            """
            gatehouse.isuer=https://login.example
            gatehouse.client-id=shop
            gatehouse.client-secret=%s
            gatehouse.clock-skew=an hour
            """
                .formatted(SECRET));

    var run = Run.of("check", "--config", file);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out())
        .contains("fail  gatehouse.issuer: GH121 is missing.\n      -> Set it to the authorization")
        .contains("fail  gatehouse.client-secret: ")
        .contains("fail  gatehouse.clock-skew: GH103 must be a duration")
        .contains("fail  gatehouse.isuer: GH101 is not a property of Gatehouse.")
        .contains("      -> Did you mean gatehouse.issuer?")
        .doesNotContain(SECRET);
  }

  @Test
  void aFileBeforeAnotherDecidesAndInitParamsDecideBeforeBoth() throws IOException {
    var first = file("first.properties", "gatehouse.path=no path");
    var second = file("second.properties", "gatehouse.path=/auth\ngatehouse.landing-page=no path");

    var both = Run.of("check", "--config", first, "--config", second);
    assertThat(both.out()).contains("gatehouse.path").contains("gatehouse.landing-page");

    var reversed = Run.of("check", "--config", second, "--config", first);
    assertThat(reversed.out()).doesNotContain("gatehouse.path:");

    var initParam = Run.of("check", "--config", first, "--init-param", "path=/auth");
    assertThat(initParam.out()).doesNotContain("gatehouse.path:");
  }

  @Test
  void findsClasspathLocationsInTheDirectoriesThatAreNamed() throws IOException {
    var file = file("shop.properties", "gatehouse.client-secret=classpath:secret");
    file("secret", "a secret of this test that is long enough for HS256");

    assertThat(Run.of("check", "--config", file).out()).contains("gatehouse.client-secret: ");
    var found = Run.of("check", "--config", file, "--class-path", directory.toString());
    assertThat(found.out()).doesNotContain("gatehouse.client-secret: ");
  }

  @Test
  void readsThePropertiesOfAFilterThatIsOneOfSeveral() throws IOException {
    var file = file("shop.properties", "gatehouse.shop.path=no path\ngatehouse.partner.path=/p");

    var alone = Run.of("check", "--config", file);
    assertThat(alone.out()).contains("gatehouse.shop.path: GH101 is not a property of Gatehouse");

    var shop = Run.of("check", "--config", file, "--filter", "shop,partner");
    assertThat(shop.out()).contains("gatehouse.shop.path: GH133 must be").doesNotContain("GH101");
    var partner = Run.of("check", "--config", file, "--filter", "partner,shop");
    assertThat(partner.out()).doesNotContain(".path: ");
  }

  @Test
  void saysThatAFileIsMissing() {
    var run = Run.of("check", "--config", directory.resolve("nowhere").toString());

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("is no file");
  }

  @Test
  void saysHowItIsUsed() {
    assertThat(Run.of("check", "--help").exitCode()).isZero();
    assertThat(Run.of("check", "--help").out()).contains("Exit codes:").contains("--config=FILE");
    assertThat(Run.of("check", "--confg", "x").exitCode()).isEqualTo(2);
    assertThat(Run.of("chekc").exitCode()).isEqualTo(2);
    assertThat(Run.of("register").exitCode()).isEqualTo(2);
  }
}

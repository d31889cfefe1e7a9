package io.gatehouse.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.cli.Run;
import io.gatehouse.cli.config.ConfiguredApplication;
import io.gatehouse.cli.http.Answers;
import io.gatehouse.cli.http.Web;
import io.gatehouse.cli.http.WebAnswer;
import io.gatehouse.cli.output.Findings;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The findings about a request object that is wrong in one thing. */
class RequestObjectCheckTest {
  private static final String TYPE = "application/oauth-authz-req+jwt";

  private final ConfiguredApplication application;
  private final String expected;

  RequestObjectCheckTest(@TempDir Path directory) throws Exception {
    var key = directory.resolve("key.pem");
    assertThat(Run.of("keygen", key.toString()).exitCode()).isZero();
    application =
        ConfiguredApplication.read(
            new SmallRyeConfigBuilder().build(),
            List.of("gatehouse"),
            Map.of(
                "provider", "verifier",
                "issuer", "https://verifier.example",
                "public-url", "https://app.example/shop",
                "signing-key", key.toUri().toString()),
            RequestObjectCheckTest.class.getClassLoader());
    expected = another();
  }

  private String another() {
    return application.client().tryLogin("https://app.example/shop").requestObject();
  }

  private Optional<String> fault(WebAnswer answer) {
    try (var web =
        new Web(application.connectTimeout(), application.timeout(), application.trust())) {
      return new RequestObjectCheck(application, web, new Findings()).fault(answer, expected);
    }
  }

  @Test
  void findsNothingWrongWithTheRightOne() {
    assertThat(fault(Answers.of(200, expected, "Content-Type", TYPE))).isEmpty();
  }

  @Test
  void namesTheClaimsOfAnotherLogin() {
    assertThat(fault(Answers.of(200, another(), "Content-Type", TYPE)).orElseThrow())
        .contains("differ in code_challenge, ", "jti, ", "nonce, ", "state")
        .doesNotContain("iss", "scope");
  }

  @Test
  void noticesASignatureThatIsNotOfIt() {
    var parts = expected.split("\\.", -1);
    var others = another().split("\\.", -1);
    var forged = String.join(".", parts[0], parts[1], others[2]);

    assertThat(fault(Answers.of(200, forged, "Content-Type", TYPE)))
        .contains("a request object is not signed by our key");
  }

  @Test
  void wantsTheMediaTypeToTheLetter() {
    assertThat(fault(Answers.of(200, expected, "Content-Type", TYPE + ";charset=UTF-8")))
        .hasValueSatisfying(it -> assertThat(it).contains("to the letter"));
  }

  @Test
  void noticesAPageOrARedirectInItsPlace() {
    assertThat(fault(Answers.of(302, "", "Location", "https://app.example/login")))
        .contains("a request object is answered 302, a redirect to https://app.example/login");
    assertThat(fault(Answers.of(404, "")))
        .contains("the application does not know a login that was begun here");
    assertThat(fault(Answers.of(200, "<p>Hello</p>", "Content-Type", TYPE))).isPresent();
  }
}

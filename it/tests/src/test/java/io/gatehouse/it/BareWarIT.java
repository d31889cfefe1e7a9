package io.gatehouse.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Gatehouse on a server that has servlets and nothing else of Jakarta EE: Tomcat. */
@ExtendWith(Servers.Parameter.class)
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class BareWarIT {
  private final Servers servers;
  private final Path directory;

  BareWarIT(Servers servers, @TempDir Path directory) {
    this.servers = servers;
    this.directory = directory;
  }

  @Test
  void logsInWhereThereIsNeitherCdiNorJakartaRest() {
    var verifier = servers.verifierOf(Servers.V3);
    verifier.reset();
    var key = ClientKey.create(directory.resolve("bare.pem"));
    try (var tomcat =
        Tomcat.start(
            directory.resolve("tomcat"),
            ServerProcess.freePort(),
            List.of(
                "-Dgatehouse.issuer=" + verifier.issuer(),
                "-Dgatehouse.id-token.issuer=" + verifier.tokenIssuer(),
                "-Dgatehouse.signing-key=" + key.location()),
            ServerProcess.directory().resolve("bare.war"))) {
      var application = tomcat.address("bare").toString();
      var page = URI.create(application + "/surroundings?note=%C3%B1%20a%2Bb");
      verifier.registerDidKey(key.didKey(), application);
      tomcat.awaitPage(page);
      var browser = new Browser();

      var wallet = browser.open(page);
      assertThat(wallet.body()).contains("Verifier stand-in");
      var back = browser.follow(browser.choose(wallet, "product-manager"));

      assertThat(back.uri()).isEqualTo(page);
      assertThat(back.statusCode()).isEqualTo(200);
      assertThat(back.body().lines())
          .containsExactly(
              "subject " + subject(Servers.V3),
              "absent jakarta.enterprise.inject.spi.CDI",
              "absent jakarta.inject.Inject",
              "absent jakarta.ws.rs.client.ClientRequestFilter",
              "absent org.eclipse.microprofile.rest.client.ext.ClientHeadersFactory");
      assertThat(verifier.calls().getJsonArray("violations")).isEmpty();
      assertThat(tomcat.process().output()).contains("Gatehouse is on").contains(key.didKey());
    }
  }

  /** The same person's subject as the same stand-in gives it to the sample on Payara. */
  private String subject(String context) {
    var profile = new Browser().logIn(servers.page(context, "/account"), "product-manager").body();
    var start = profile.indexOf("id=\"subject\"");
    var text = profile.substring(profile.indexOf('>', start) + 1);
    return text.substring(0, text.indexOf('<'));
  }
}

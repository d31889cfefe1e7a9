package io.gatehouse.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whether an application starts at all: it serves guarded, or it does not serve. */
@ExtendWith({LoginServer.Start.class, ArquillianExtension.class})
class ContainerStartIT {
  private static final String WRONG = "wrong";
  private static final String THIN = "thin";

  @Deployment(name = WRONG, managed = false, testable = false)
  static WebArchive wrong() {
    return Application.archive(
        "bare.war",
        WRONG,
        Map.of("gatehouse.signing-key", "file:/not/there.pem", "gatehouse.isuer", "misspelt"));
  }

  @Deployment(name = THIN, managed = false, testable = false)
  static WebArchive thin() {
    return Application.archive("thin.war", THIN, Map.of());
  }

  @Test
  @Tag("case-77")
  void withAWrongConfigurationItServesNothingAndSaysWhy(@ArquillianResource Deployer deployer) {
    try (var attempt = Attempt.of(deployer, WRONG)) {
      attempt.assertServesNothing();
      attempt.assertSays("2 faults", "gatehouse.signing-key", "gatehouse.isuer");
    }
  }

  @Test
  void withoutMicroProfileConfigAndJsonProcessingItStartsWhereTheServerHasThem(
      @ArquillianResource Deployer deployer) {
    try (var attempt = Attempt.of(deployer, THIN)) {
      if (Container.hasServletsOnly()) {
        attempt.assertServesNothing();
        attempt.assertSays(
            "Add io.smallrye.config:smallrye-config-core ", "Add org.eclipse.parsson:parsson ");
      } else {
        LoginServer.register(attempt.page("").toString());
        var landed = new Browser().logIn(attempt.page("/who"), "auditor");
        assertThat(landed.body()).contains("subject did:key:");
      }
    }
  }
}

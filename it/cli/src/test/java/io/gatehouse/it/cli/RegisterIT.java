package io.gatehouse.it.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.it.servers.Browser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The entry that {@code register} writes for the Verifier is sufficient for a login. */
@ExtendWith(Surroundings.Parameter.class)
class RegisterIT {
  private final Surroundings surroundings;

  RegisterIT(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Test
  void usersLogInWithTheKeyAndTheRegistrationOfTheCommand() {
    var page = surroundings.page(Surroundings.SHOP, "/who");

    var back = new Browser().logIn(page, "product-manager");

    assertThat(back.uri()).isEqualTo(page);
    assertThat(back.statusCode()).isEqualTo(200);
    assertThat(back.body()).contains("did:key:");
  }

  @Test
  void nobodyLogsInToAnApplicationThatIsNotRegistered() {
    var page = surroundings.page(Surroundings.OTHER, "/who");

    assertThat(new Browser().open(page).statusCode()).isEqualTo(403);
  }
}

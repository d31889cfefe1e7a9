package io.gatehouse.full;

import io.gatehouse.AuthenticatedUser;
import io.gatehouse.Tokens;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** One bean for all users, which sees the user of the current request. */
@ApplicationScoped
class Greeting {
  @Inject private AuthenticatedUser user;
  @Inject private Tokens tokens;

  String text() {
    return user.displayName()
        + ", "
        + user.roles().size()
        + " roles, same user: "
        + user.subject().equals(tokens.user().subject());
  }
}

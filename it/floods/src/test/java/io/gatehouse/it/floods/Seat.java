package io.gatehouse.it.floods;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.it.servers.Connection;
import java.util.concurrent.locks.ReentrantLock;

/** A place that always has a user who is logged in; users come and go. */
final class Seat {
  private final ReentrantLock lock = new ReentrantLock();
  private final Site site;
  private final String name;
  private int users;
  private String session = "";

  Seat(Site site, String name) {
    this.site = site;
    this.name = name;
  }

  /** The next user, in a new session. */
  void take(Connection connection) {
    lock.lock();
    try {
      users++;
      session = site.logIn(connection, subject());
    } finally {
      lock.unlock();
    }
  }

  private String subject() {
    return name + "-" + users;
  }

  /** Its user looks at a page. */
  void look(Connection connection) {
    lock.lock();
    try {
      var answer = connection.send(site.page(session));
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.body()).contains("subject " + subject() + "\n");
    } finally {
      lock.unlock();
    }
  }

  /** Its user logs out, and another one logs in. */
  void change(Connection connection) {
    lock.lock();
    try {
      var answer = connection.send(site.post("/gatehouse/logout", session, ""));
      assertThat(answer.status()).isEqualTo(303);
      follow(connection);
    } finally {
      lock.unlock();
    }
  }

  /** The authorization server ends its user's session, and another one logs in. */
  void changeFromOutside(Connection connection) {
    lock.lock();
    try {
      var form = "logout_token=" + site.server().logoutToken(subject());
      var answer = connection.send(site.post("/gatehouse/backchannel-logout", "", form));
      assertThat(answer.status()).isEqualTo(200);
      follow(connection);
    } finally {
      lock.unlock();
    }
  }

  private void follow(Connection connection) {
    assertThat(connection.send(site.page(session)).status()).isEqualTo(302);
    take(connection);
  }
}

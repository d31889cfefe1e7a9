package io.gatehouse.it.floods;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.it.servers.Connection;
import java.util.concurrent.locks.ReentrantLock;

/** A seat that always has a logged-in user; the users change. */
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

  /** Logs the next user in, in a new session. */
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

  /** Requests a page as the seat's user. */
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

  /** Logs the seat's user out, and another user in. */
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

  /** Ends the user's session at the authorization server, and logs another user in. */
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

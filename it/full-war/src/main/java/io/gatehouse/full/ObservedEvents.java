package io.gatehouse.full;

import io.gatehouse.LoginEvent;
import io.gatehouse.LogoutEvent;
import io.gatehouse.RefreshEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The session events that CDI delivered. */
@ApplicationScoped
class ObservedEvents {
  private final List<String> lines = new CopyOnWriteArrayList<>();

  void loggedIn(@Observes LoginEvent event) {
    lines.add("in " + event.user().displayName());
  }

  void refreshed(@Observes RefreshEvent event) {
    lines.add("refreshed " + event.user().displayName());
  }

  void loggedOut(@Observes LogoutEvent event) {
    lines.add("out " + event.user().displayName() + " " + event.cause());
  }

  List<String> lines() {
    return lines;
  }
}

package io.gatehouse.container;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A rule of the servlet API.
 *
 * @param name the rule in words
 * @param call the request that the servlet answers
 * @param trial the assertions inside the servlet
 * @param sent the assertions on the response that the client gets
 * @param laxAt the containers that do not keep the rule; the doubles do
 */
public record ServletRule(
    String name, Call call, Trial trial, Consumer<SentResponse> sent, Set<String> laxAt) {

  /** Assertions inside a servlet. */
  public interface Trial {
    void run(HttpServletRequest request, HttpServletResponse response) throws Exception;
  }

  public static ServletRule of(String name, Trial trial) {
    return of(Call.GET, name, trial);
  }

  public static ServletRule of(Call call, String name, Trial trial) {
    return new ServletRule(name, call, trial, sent -> {}, Set.of());
  }

  public ServletRule sends(Consumer<SentResponse> newSent) {
    return new ServletRule(name, call, trial, newSent, laxAt);
  }

  public ServletRule notAt(String... containers) {
    return new ServletRule(name, call, trial, sent, Set.of(containers));
  }

  /** Fails unless the rule is kept at this place, or is not if the rule says so. */
  void check(Place place) throws Exception {
    if (laxAt.contains(place.name())) {
      assertThatThrownBy(() -> hold(place)).as(name).isNotNull();
    } else {
      hold(place);
    }
  }

  private void hold(Place place) throws Exception {
    sent.accept(place.exchange(this));
  }

  @Override
  public String toString() {
    return name;
  }
}

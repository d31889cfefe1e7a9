package io.gatehouse.container;

import static io.gatehouse.container.Rules.JETTY;
import static io.gatehouse.container.Rules.UNDERTOW;
import static io.gatehouse.container.Rules.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** Rules of asynchronous requests. */
final class AsyncRules {
  private AsyncRules() {}

  static List<ServletRule> all() {
    return List.of(
        ServletRule.of(
            Call.NOT_ASYNC,
            "no asynchronous request where a servlet does not support it",
            (request, response) -> {
              assertThat(request.isAsyncSupported()).isFalse();
              assertRefused(request::startAsync);
              assertThat(request.isAsyncStarted()).isFalse();
            }),
        ServletRule.of(
            "asynchronous from the start to the end of the dispatch",
            (request, response) -> {
              assertThat(request.isAsyncSupported()).isTrue();
              assertThat(request.isAsyncStarted()).isFalse();
              var context = request.startAsync();
              assertThat(request.isAsyncStarted()).isTrue();
              context.complete();
              assertThat(request.isAsyncStarted()).isTrue();
            }),
        ServletRule.of(
            "asynchronous once",
            (request, response) -> {
              var unused = request.startAsync();
              assertRefused(request::startAsync);
            }),
        ServletRule.of(
            "not asynchronous again after the completion",
            (request, response) -> {
              request.startAsync().complete();
              assertRefused(request::startAsync);
            }),
        ServletRule.of(
                "completed once",
                (request, response) -> {
                  var context = request.startAsync();
                  context.complete();
                  assertRefused(context::complete);
                })
            .notAt(UNDERTOW, JETTY),
        ServletRule.of(
            "no asynchronous context before the start",
            (request, response) -> assertRefused(request::getAsyncContext)));
  }
}

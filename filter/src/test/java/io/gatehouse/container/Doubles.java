package io.gatehouse.container;

import io.gatehouse.filter.FakeResponse;

/** The doubles of all other tests. */
final class Doubles implements Place {
  @Override
  public String name() {
    return "doubles";
  }

  @Override
  public SentResponse exchange(ServletRule rule) throws Exception {
    var request = rule.call().toDouble();
    var response = new FakeResponse();
    request.answeredBy(response);
    rule.trial().run(request.http(), response.http());
    return new SentResponse(response.status(), response.allHeaders(), response.body());
  }

  @Override
  public void stop() {}
}

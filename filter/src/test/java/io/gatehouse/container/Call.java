package io.gatehouse.container;

import io.gatehouse.filter.FakeRequest;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;

/**
 * A request for a rule to be tried with.
 *
 * @param form the form that is posted; empty for GET
 */
public record Call(String servlet, String query, String form) {
  static final String ASYNC = "/async";
  static final String SYNC = "/sync";

  static final Call GET = new Call(ASYNC, "name=a%20b&name=second", "");
  static final Call FORM = new Call(ASYNC, "name=query", "field=text&name=body");
  static final Call NOT_ASYNC = new Call(SYNC, "name=a", "");

  private String target() {
    return servlet + "/page?" + query;
  }

  FakeRequest toDouble() {
    var request = FakeRequest.of(form.isEmpty() ? "GET" : "POST", target());
    if (!form.isEmpty()) {
      request.form(form);
    }
    if (servlet.equals(SYNC)) {
      request.withoutAsync();
    }
    return request
        .header("X-Number", "7")
        .header("X-Word", "one")
        .header("X-Word", "two")
        .mayBeginSession()
        .mayReadParameters();
  }

  HttpRequest to(int port) {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + target()))
            .timeout(Duration.ofSeconds(10))
            .header("X-Number", "7")
            .header("X-Word", "one")
            .header("X-Word", "two");
    return form.isEmpty()
        ? request.build()
        : request
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form))
            .build();
  }
}

package io.gatehouse.standin;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Fetches {@code request_uri} as the Verifier does: the JDK's client as it comes (so with an h2c
 * upgrade on plain http), no redirect, only 200 with a body counts.
 */
final class RequestObjectFetch {

  static final String MEDIA_TYPE = "application/oauth-authz-req+jwt";
  static final int LONGEST_URI = 512;
  private static final int MOST_BYTES = 4096;
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(TIMEOUT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();
  private final Calls calls;

  RequestObjectFetch(Calls calls) {
    this.calls = calls;
  }

  /** The answer as it came, for strict mode to judge. */
  record Fetched(HttpResponse<byte[]> response) {

    String compact() {
      return body().strip();
    }

    List<String> violations() {
      var found = new ArrayList<String>();
      var headers = response.headers();
      if (!headers.allValues("Content-Type").equals(List.of(MEDIA_TYPE))) {
        found.add("fetch: Content-Type is not exactly " + MEDIA_TYPE);
      }
      if (!body().equals(compact())) {
        found.add("fetch: the body has something around the JWS");
      }
      if (response.body().length > MOST_BYTES) {
        found.add("fetch: the body is over 4 KiB");
      }
      if (headers.firstValue("Set-Cookie").isPresent()) {
        found.add("fetch: the answer sets a cookie");
      }
      if (headers.allValues("Cache-Control").stream().noneMatch(v -> v.contains("no-store"))) {
        found.add("fetch: Cache-Control is not no-store");
      }
      return found;
    }

    private String body() {
      return new String(response.body(), StandardCharsets.UTF_8);
    }
  }

  Fetched fetch(String requestUri) throws RefusedException {
    calls.count(Calls.Endpoint.REQUEST_OBJECT);
    try {
      var request = HttpRequest.newBuilder(URI.create(requestUri)).timeout(TIMEOUT).build();
      var response = http.send(request, BodyHandlers.ofByteArray());
      if (response.statusCode() != 200 || response.body().length == 0) {
        throw new RefusedException(
            "invalid_request_uri", "request_uri answered " + response.statusCode());
      }
      return new Fetched(response);
    } catch (IOException | IllegalArgumentException e) {
      throw new RefusedException("invalid_request_uri", "request_uri is not reached");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RefusedException("invalid_request_uri", "request_uri was interrupted");
    }
  }
}

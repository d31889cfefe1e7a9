package io.gatehouse.standin.request;

import io.gatehouse.standin.state.Calls;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Fetches {@code request_uri} as the Verifier does: the JDK's client with its defaults (so with an
 * h2c upgrade on plain http), no redirect, and only 200 with a body is accepted.
 */
public final class RequestObjectFetch {

  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(TIMEOUT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();
  private final Calls calls;

  public RequestObjectFetch(Calls calls) {
    this.calls = calls;
  }

  /** The response, unchanged; strict mode has rules for it. */
  public record Fetched(HttpResponse<byte[]> response) {

    public String compact() {
      return body().strip();
    }

    public String body() {
      return new String(response.body(), StandardCharsets.UTF_8);
    }
  }

  public Fetched fetch(String requestUri) throws RefusedException {
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
      throw new RefusedException("invalid_request_uri", "request_uri cannot be reached");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RefusedException("invalid_request_uri", "fetching request_uri was interrupted");
    }
  }
}

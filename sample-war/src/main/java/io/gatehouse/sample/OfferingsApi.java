package io.gatehouse.sample;

import io.gatehouse.BearerHttpClient;
import io.gatehouse.Tokens;
import jakarta.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The marketplace's API, which admits every bearer of a valid access token (RFC 6750 section 2.1).
 */
final class OfferingsApi {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();
  private final URI address;

  OfferingsApi(URI base) {
    this.address = URI.create(base.toString().replaceFirst("/+$", "") + "/offerings");
  }

  URI address() {
    return address;
  }

  List<Offering> offerings(Tokens tokens) throws OfferingsUnavailableException {
    requireMayGo(tokens);
    var response = answer(HttpRequest.newBuilder(address), tokens);
    return switch (response.statusCode()) {
      case 200 ->
          Offering.list(response.body())
              .orElseThrow(() -> unavailable("The API's answer could not be read."));
      case 401 -> throw unavailable("The API did not accept your access token (401).");
      case 403 -> throw unavailable("Your powers do not cover these offerings (403).");
      default ->
          throw unavailable(
              "The API could not answer (" + response.statusCode() + "). Try again later.");
    };
  }

  /**
   * Publishes an offering. The request is never repeated, because a POST without an answer may have
   * succeeded.
   */
  void publish(Tokens tokens, String name) throws OfferingsUnavailableException {
    requireMayGo(tokens);
    var offering = Json.createObjectBuilder().add("name", name).build().toString();
    var status =
        answer(
                HttpRequest.newBuilder(address)
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(offering)),
                tokens)
            .statusCode();
    if (status == 403) {
      throw unavailable("Your powers do not let you publish this offering (403).");
    }
    if (status != 201) {
      throw unavailable(
          "The API could not publish the offering (" + status + "). Try again later.");
    }
  }

  // Every holder of the token can use it, so send it only to the origins in gatehouse.api-origins.
  private void requireMayGo(Tokens tokens) throws OfferingsUnavailableException {
    if (!tokens.mayGoTo(address)) {
      throw unavailable("This application is not set up to send your access token to this API.");
    }
  }

  // BearerHttpClient adds the access token, and repeats a GET once, with a new token, if it is
  // refused with 401.
  private HttpResponse<String> answer(HttpRequest.Builder request, Tokens tokens)
      throws OfferingsUnavailableException {
    return answer(
        BearerHttpClient.of(client, tokens)
            .sendAsync(
                request.header("Accept", "application/json").build(), BodyHandlers.ofString()));
  }

  // HttpRequest.timeout ends with the headers; this timeout covers the body as well.
  private static HttpResponse<String> answer(CompletableFuture<HttpResponse<String>> response)
      throws OfferingsUnavailableException {
    try {
      return response.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      response.cancel(true);
      throw new OfferingsUnavailableException("The API took too long. Try again later.", late);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof IOException) {
        throw new OfferingsUnavailableException(
            "The API cannot be reached at the moment. Try again later.", failed);
      }
      throw new IllegalStateException(failed.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new OfferingsUnavailableException("The call was interrupted.", interrupted);
    }
  }

  private static OfferingsUnavailableException unavailable(String message) {
    return new OfferingsUnavailableException(message);
  }
}

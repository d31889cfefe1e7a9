package io.gatehouse.standin.backchannel;

import io.gatehouse.standin.config.ClientRegistration;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Notifies a client of an ended login (OIDC Back-Channel Logout 1.0, 2.5). */
public final class BackChannel {

  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final int NO_ANSWER = 0;

  private final LogoutTokens tokens;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(TIMEOUT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  BackChannel(LogoutTokens tokens) {
    this.tokens = tokens;
  }

  /**
   * Returns the client's status, or 0 if it has no {@code backchannelLogoutUri} or gave no answer.
   */
  public int tell(ClientRegistration client, @Nullable String sid, @Nullable String sub) {
    var uri = client.backchannelLogoutUri();
    if (uri == null) {
      return NO_ANSWER;
    }
    // A compact JWS needs no form encoding.
    var body = "logout_token=" + tokens.right(client.clientId(), sid, sub);
    var request =
        HttpRequest.newBuilder(URI.create(uri))
            .timeout(TIMEOUT)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(body))
            .build();
    try {
      return http.send(request, BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      return NO_ANSWER;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return NO_ANSWER;
    }
  }
}

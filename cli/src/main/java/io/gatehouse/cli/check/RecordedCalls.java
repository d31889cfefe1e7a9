package io.gatehouse.cli.check;

import io.gatehouse.cli.http.UnreachableException;
import io.gatehouse.cli.http.Web;
import io.gatehouse.cli.http.WebAnswer;
import io.gatehouse.internal.server.Failure;
import io.gatehouse.internal.server.LoginFailedException;
import io.gatehouse.internal.server.ServerCalls;
import io.gatehouse.internal.server.ServerResponse;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The filter's calls to the authorization server, each recorded, so that the filter's verdict can
 * be explained.
 */
final class RecordedCalls implements ServerCalls {
  // as the filter, RFC 8414 3.2 and RFC 7517 8.5.2
  private static final String METADATA_OR_KEYS = "application/json, application/jwk-set+json";

  private final Web web;
  private final List<WebAnswer> answers = new ArrayList<>();
  private Optional<UnreachableException> fault = Optional.empty();

  RecordedCalls(Web web) {
    this.web = web;
  }

  @Override
  public ServerResponse get(URI uri) throws LoginFailedException {
    return send(HttpRequest.newBuilder(uri).header("Accept", METADATA_OR_KEYS).GET());
  }

  @Override
  public ServerResponse post(URI uri, Map<String, String> form) throws LoginFailedException {
    var body =
        form.entrySet().stream()
            .map(it -> it.getKey() + "=" + URLEncoder.encode(it.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    return send(
        HttpRequest.newBuilder(uri)
            .header("Accept", "application/json")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(body)));
  }

  private ServerResponse send(HttpRequest.Builder request) throws LoginFailedException {
    fault = Optional.empty();
    try {
      var answer = web.send(request.build());
      answers.add(answer);
      return new ServerResponse(answer.status(), answer.body(), Duration.ZERO);
    } catch (UnreachableException e) {
      fault = Optional.of(e);
      throw new LoginFailedException(Failure.UNAVAILABLE, e.reason());
    }
  }

  /** Returns the reason why the last call had no answer; empty if it had one. */
  Optional<UnreachableException> fault() {
    return fault;
  }

  /** Returns the answers so far, in order. */
  List<WebAnswer> answers() {
    return List.copyOf(answers);
  }

  Optional<WebAnswer> last() {
    return answers.isEmpty() ? Optional.empty() : Optional.of(answers.get(answers.size() - 1));
  }
}

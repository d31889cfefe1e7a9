package io.gatehouse.internal.server;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An authorization server without a network: gives the answers that a test sets, 404 otherwise, and
 * counts.
 */
public final class FakeCalls implements ServerCalls {
  public final List<String> gets = new ArrayList<>();
  public final List<Map<String, String>> posts = new ArrayList<>();
  private final Map<String, ServerResponse> answers = new HashMap<>();
  private Optional<LoginFailedException> down = Optional.empty();

  public static ServerResponse answer(int status, String body) {
    return new ServerResponse(status, body.getBytes(StandardCharsets.UTF_8), Duration.ZERO);
  }

  public static ServerResponse answer(int status, String body, Duration retryAfter) {
    return new ServerResponse(status, body.getBytes(StandardCharsets.UTF_8), retryAfter);
  }

  public FakeCalls serve(String uri, ServerResponse answer) {
    answers.put(uri, answer);
    return this;
  }

  public void goDown() {
    down = Optional.of(new LoginFailedException(Failure.UNAVAILABLE, "connection refused"));
  }

  public void comeBack() {
    down = Optional.empty();
  }

  int count(String uri) {
    return (int) gets.stream().filter(uri::equals).count();
  }

  @Override
  public ServerResponse get(URI uri) throws LoginFailedException {
    gets.add(uri.toString());
    return answerOf(uri);
  }

  @Override
  public ServerResponse post(URI uri, Map<String, String> form) throws LoginFailedException {
    posts.add(form);
    return answerOf(uri);
  }

  private ServerResponse answerOf(URI uri) throws LoginFailedException {
    if (down.isPresent()) {
      throw down.get();
    }
    return answers.getOrDefault(uri.toString(), answer(404, ""));
  }
}

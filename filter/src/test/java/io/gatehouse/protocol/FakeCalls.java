package io.gatehouse.protocol;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A server without a network: answers as it is told, 404 to all else, and counts. */
final class FakeCalls implements ServerCalls {
  final List<String> gets = new ArrayList<>();
  final List<Map<String, String>> posts = new ArrayList<>();
  private final Map<String, Answer> answers = new HashMap<>();
  private Optional<LoginFailedException> down = Optional.empty();

  static Answer answer(int status, String body) {
    return new Answer(status, body.getBytes(StandardCharsets.UTF_8), Duration.ZERO);
  }

  static Answer answer(int status, String body, Duration retryAfter) {
    return new Answer(status, body.getBytes(StandardCharsets.UTF_8), retryAfter);
  }

  FakeCalls serve(String uri, Answer answer) {
    answers.put(uri, answer);
    return this;
  }

  void goDown() {
    down = Optional.of(new LoginFailedException(Failure.UNAVAILABLE, "connection refused"));
  }

  void comeBack() {
    down = Optional.empty();
  }

  int count(String uri) {
    return (int) gets.stream().filter(uri::equals).count();
  }

  @Override
  public Answer get(URI uri) throws LoginFailedException {
    gets.add(uri.toString());
    return answerOf(uri);
  }

  @Override
  public Answer post(URI uri, Map<String, String> form) throws LoginFailedException {
    posts.add(form);
    return answerOf(uri);
  }

  private Answer answerOf(URI uri) throws LoginFailedException {
    if (down.isPresent()) {
      throw down.get();
    }
    return answers.getOrDefault(uri.toString(), answer(404, ""));
  }
}

package io.gatehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.internal.observability.CapturedLog;
import java.io.ByteArrayInputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(30)
class BearerHttpClientTest {
  private final LoopbackApi api = new LoopbackApi("current", "renewed");
  private final HttpClient plain = HttpClient.newHttpClient();
  private final CapturedLog log = new CapturedLog();

  BearerHttpClientTest() throws Exception {}

  @AfterEach
  void stop() {
    log.close();
    api.close();
  }

  private FakeTokens allowed(String token) {
    return new FakeTokens(token).mayGoToOriginOf(api.uri());
  }

  private HttpRequest get() {
    return HttpRequest.newBuilder(api.uri()).build();
  }

  /** The three ways to send. */
  enum Way {
    SEND {
      @Override
      HttpResponse<String> send(HttpClient client, HttpRequest request) throws Exception {
        return client.send(request, BodyHandlers.ofString());
      }
    },
    ASYNC {
      @Override
      HttpResponse<String> send(HttpClient client, HttpRequest request) throws Exception {
        return client.sendAsync(request, BodyHandlers.ofString()).get();
      }
    },
    ASYNC_WITH_PUSHES {
      @Override
      HttpResponse<String> send(HttpClient client, HttpRequest request) throws Exception {
        return client.sendAsync(request, BodyHandlers.ofString(), (a, b, c) -> {}).get();
      }
    };

    abstract HttpResponse<String> send(HttpClient client, HttpRequest request) throws Exception;
  }

  @ParameterizedTest
  @EnumSource
  void sendsTheTokenToAnOriginOfTheApi(Way way) throws Exception {
    var answer = way.send(BearerHttpClient.of(plain, allowed("current")), get());
    assertThat(answer.body()).isEqualTo("hello");
    assertThat(api.authorizations()).containsExactly("Bearer current");
    assertThat(log.ours()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void sendsNoTokenToAnotherOriginAndSaysSoOnce(Way way) throws Exception {
    var others = BearerHttpClient.of(plain, new FakeTokens("current"));
    way.send(others, get());
    assertThat(way.send(others, get()).statusCode()).isEqualTo(401);
    assertThat(api.authorizations()).containsExactly("none", "none");
    assertThat(log.ours()).hasSize(1);
    assertThat(log.ours().get(0)).doesNotContain("canary");
  }

  @ParameterizedTest
  @EnumSource
  void leavesAnAuthorizationOfTheRequestsOwnAlone(Way way) throws Exception {
    var tokens = allowed("current").renewedTo("renewed");
    var own = HttpRequest.newBuilder(api.uri()).header("authorization", "Bearer own").build();
    assertThat(way.send(BearerHttpClient.of(plain, tokens), own).statusCode()).isEqualTo(401);
    assertThat(api.authorizations()).containsExactly("Bearer own");
    assertThat(tokens.refused()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void sendsOnceMoreWithTheRenewedTokenAfterA401(Way way) throws Exception {
    var tokens = allowed("old").renewedTo("renewed");
    var answer = way.send(BearerHttpClient.of(plain, tokens), get());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("hello");
    assertThat(api.authorizations()).containsExactly("Bearer old", "Bearer renewed");
    assertThat(tokens.refused()).containsExactly("old");
  }

  @ParameterizedTest
  @EnumSource
  void neverSendsItTwiceMore(Way way) throws Exception {
    var tokens = allowed("old").renewedTo("refused-too", "renewed");
    var answer = way.send(BearerHttpClient.of(plain, tokens), get());
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body()).isEqualTo("refused: Bearer refused-too");
    assertThat(api.authorizations()).containsExactly("Bearer old", "Bearer refused-too");
  }

  @ParameterizedTest
  @EnumSource
  void theRefusalStandsIfThereIsNoOtherToken(Way way) throws Exception {
    var answer = way.send(BearerHttpClient.of(plain, allowed("old")), get());
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body()).isEqualTo("refused: Bearer old");
    assertThat(answer.headers().firstValue("X-Answer")).contains("refused");
    assertThat(answer.uri()).isEqualTo(api.uri());
    assertThat(answer.toString()).doesNotContain("old");
    assertThat(api.asked()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void anAnswerThatIsNot401IsNoReasonToRenew(Way way) throws Exception {
    api.refusingWith(403);
    var tokens = allowed("old").renewedTo("renewed");
    var answer = way.send(BearerHttpClient.of(plain, tokens), get());
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).isEqualTo("refused: Bearer old");
    assertThat(tokens.refused()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void aRequestWithABodyIsNotSentOnceMore(Way way) throws Exception {
    var tokens = allowed("old").renewedTo("renewed");
    for (var body :
        new HttpRequest.BodyPublisher[] {
          BodyPublishers.ofString("a"),
          BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[0]))
        }) {
      var post = HttpRequest.newBuilder(api.uri()).POST(body).build();
      assertThat(way.send(BearerHttpClient.of(plain, tokens), post).statusCode()).isEqualTo(401);
    }
    assertThat(api.asked()).hasSize(2);
    assertThat(tokens.refused()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void aRequestWithAnEmptyBodyIsSentOnceMore(Way way) throws Exception {
    var tokens = allowed("old").renewedTo("renewed");
    var post = HttpRequest.newBuilder(api.uri()).POST(BodyPublishers.noBody()).build();
    assertThat(way.send(BearerHttpClient.of(plain, tokens), post).statusCode()).isEqualTo(200);
    assertThat(api.asked()).extracting(LoopbackApi.Asked::method).containsExactly("POST", "POST");
  }

  @Test
  void theBodyOfTheRefusalIsNotInTheFileOfTheAnswer(@TempDir Path folder) throws Exception {
    var file = folder.resolve("answer");
    var tokens = allowed("old").renewedTo("renewed");
    BearerHttpClient.of(plain, tokens).send(get(), BodyHandlers.ofFile(file));
    assertThat(Files.readString(file)).isEqualTo("hello");
  }

  @Test
  void aRefusalThatStandsIsReadByAnyBodyHandler(@TempDir Path folder) throws Exception {
    var client = BearerHttpClient.of(plain, allowed("old"));
    var file = folder.resolve("answer");
    client.send(get(), BodyHandlers.ofFile(file));
    assertThat(Files.readString(file)).isEqualTo("refused: Bearer old");
    try (var stream = client.send(get(), BodyHandlers.ofInputStream()).body()) {
      assertThat(stream).hasContent("refused: Bearer old");
    }
    assertThat(client.send(get(), BodyHandlers.ofLines()).body())
        .containsExactly("refused: Bearer old");
    assertThat(client.send(get(), BodyHandlers.discarding()).body()).isNull();
  }

  static Stream<HttpClient.Redirect> following() {
    return Stream.of(HttpClient.Redirect.NORMAL, HttpClient.Redirect.ALWAYS);
  }

  @ParameterizedTest
  @MethodSource("following")
  void aClientThatFollowsRedirectsIsRefused(HttpClient.Redirect redirect) {
    var following = HttpClient.newBuilder().followRedirects(redirect).build();
    assertThatThrownBy(() -> BearerHttpClient.of(following, allowed("current")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("redirects", "other origins", "Redirect.NEVER");
  }

  @Test
  void sendThrowsLoginNeededAsItIs() {
    var client = BearerHttpClient.of(plain, allowed("current").loginNeeded());
    assertThatThrownBy(() -> client.send(get(), BodyHandlers.ofString()))
        .isInstanceOf(LoginNeededException.class);
    assertThat(api.asked()).isEmpty();
  }

  @Test
  void aFutureEndsWithLoginNeeded() {
    var client = BearerHttpClient.of(plain, allowed("current").loginNeeded());
    var answer = client.sendAsync(get(), BodyHandlers.ofString());
    assertThatThrownBy(answer::get)
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(LoginNeededException.class);
  }

  @Test
  void loginNeededAtTheRenewalIsThrownAsItIs() {
    var tokens = allowed("old");
    tokens.beforeRenewal(tokens::loginNeeded);
    var client = BearerHttpClient.of(plain, tokens);
    assertThatThrownBy(() -> client.send(get(), BodyHandlers.ofString()))
        .isInstanceOf(LoginNeededException.class);
  }

  @Test
  void aRenewalKeepsNeitherTheCallerNorTheClientWaiting() throws Exception {
    var mayGoOn = new CountDownLatch(1);
    var tokens = allowed("old").renewedTo("renewed").beforeRenewal(() -> await(mayGoOn));
    var answer = BearerHttpClient.of(plain, tokens).sendAsync(get(), BodyHandlers.ofString());
    while (tokens.refused().isEmpty()) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
    assertThat(plain.send(get(), BodyHandlers.ofString()).statusCode()).isEqualTo(401);
    assertThat(answer).isNotDone();
    mayGoOn.countDown();
    assertThat(answer.get().body()).isEqualTo("hello");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aRenewalIsOnTheExecutorOfTheClient() throws Exception {
    var executor = Executors.newFixedThreadPool(3, it -> new Thread(it, "own"));
    try {
      var tokens = allowed("old").renewedTo("renewed");
      var client = HttpClient.newBuilder().executor(executor).build();
      BearerHttpClient.of(client, tokens).sendAsync(get(), BodyHandlers.ofString()).get();
      assertThat(tokens.renewingThreads()).containsExactly("own");
    } finally {
      executor.shutdown();
    }
  }

  @Test
  void isOtherwiseTheClientThatItWasMadeOf() throws Exception {
    var client = BearerHttpClient.of(plain, allowed("current"));
    for (var method : HttpClient.class.getMethods()) {
      if (method.getParameterCount() == 0
          && method.getDeclaringClass() == HttpClient.class
          && java.lang.reflect.Modifier.isAbstract(method.getModifiers())
          && !method.getName().equals("sslParameters")) { // a copy each time
        assertThat(method.invoke(client)).as(method.getName()).isEqualTo(method.invoke(plain));
      }
    }
    assertThat(client.sslParameters().getProtocols())
        .isEqualTo(plain.sslParameters().getProtocols());
    assertThat(client.newWebSocketBuilder()).isNotNull();
  }

  // Since Java 21 a client is AutoCloseable.
  @Test
  void closingItLeavesTheClientInsideOpen() throws Exception {
    if ((Object) BearerHttpClient.of(plain, allowed("current")) instanceof AutoCloseable it) {
      it.close();
    }
    assertThat(plain.send(get(), BodyHandlers.ofString()).statusCode()).isEqualTo(401);
  }
}

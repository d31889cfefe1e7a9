package io.gatehouse;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.rest.BearerTokenFilter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The examples of docs/using-tokens.md: they compile, and they run. */
class UsingTokensTest {
  private static final Path PAGE = Path.of("../docs/using-tokens.md");
  private static final Path HERE = Path.of("src/test/java/io/gatehouse/UsingTokensTest.java");
  private static final Pattern EXAMPLE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  /** Reads the user's name from Java. */
  static String greeting(HttpServletRequest request) {
    return Tokens.of(request).map(it -> "Hello " + it.user().displayName()).orElse("Hello");
  }

  @ApplicationScoped
  static class Greeting {
    @Inject AuthenticatedUser user;
    @Inject Tokens tokens;

    String text() {
      return user.displayName() + ", until " + tokens.expiresAt();
    }
  }

  /** Uses the tokens on a worker thread. */
  static final class Report {
    private final ExecutorService workers = Executors.newFixedThreadPool(4);

    Future<String> make(HttpServletRequest request) {
      // on the request's thread
      Tokens tokens = Tokens.of(request).orElseThrow(LoginNeededException::new);
      return workers.submit(() -> Orders.list(tokens)); // from here on without the request
    }
  }

  static final class Orders {
    static final URI ADDRESS = URI.create("https://orders.example/v1/orders");

    static String list(Tokens tokens) {
      try (Client client = ClientBuilder.newClient()) {
        client.register(new BearerTokenFilter(tokens));
        return client.target(ADDRESS).request("application/json").get(String.class);
      }
    }
  }

  static final class OrdersOverHttpClient {
    private static final HttpClient CONNECTIONS = HttpClient.newHttpClient();

    static String list(Tokens tokens, URI address) throws IOException, InterruptedException {
      HttpClient client = BearerHttpClient.of(CONNECTIONS, tokens);
      HttpRequest request = HttpRequest.newBuilder(address).build();
      HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
      return answer.body();
    }
  }

  @ApplicationScoped
  static class LoginLog {
    void loggedIn(@Observes LoginEvent it) {
      System.getLogger("shop").log(System.Logger.Level.INFO, "hello {0}", it.user().subject());
    }

    void loggedOut(@Observes LogoutEvent it) {
      System.getLogger("shop").log(System.Logger.Level.INFO, "logout: {0}", it.cause());
    }
  }

  /** A fake for a test of the application's own code. */
  record TestTokens(AuthenticatedUser user, String accessToken) implements Tokens {
    @Override
    public Optional<String> accessTokenInsteadOf(String refused) {
      return Optional.empty();
    }

    @Override
    public boolean mayGoTo(URI address) {
      return true;
    }

    @Override
    public Instant expiresAt() {
      return Instant.MAX;
    }

    @Override
    public String scope() {
      return "openid";
    }

    @Override
    public String idToken() {
      return "";
    }

    @Override
    public Map<String, Object> idTokenClaims() {
      return user.claims();
    }

    @Override
    public Optional<String> refreshToken() {
      return Optional.empty();
    }

    @Override
    public URI logout() {
      return URI.create("/");
    }

    @Override
    public Registration onEnd(AutoCloseable resource) {
      return () -> {};
    }

    @Override
    public Registration onEnd(AsyncContext request) {
      return () -> {};
    }
  }

  @Test
  void aFakeIsAllThatATestOfAnApplicationNeeds() throws Exception {
    try (var api = new LoopbackApi("token")) {
      var tokens = new TestTokens(new FakeUser("ada"), "token");
      assertThat(OrdersOverHttpClient.list(tokens, api.uri())).isEqualTo("hello");
    }
  }

  @Test
  void everyExampleOfThePageIsOneOfThese() throws Exception {
    var here = inOneLine(Files.readString(HERE));
    var examples = EXAMPLE.matcher(Files.readString(PAGE)).results().toList();
    assertThat(examples).hasSizeGreaterThan(5);
    assertThat(examples).allSatisfy(it -> assertThat(here).contains(inOneLine(it.group(1))));
  }

  private static String inOneLine(String code) {
    return code.replaceAll("\\s+", " ").strip();
  }
}

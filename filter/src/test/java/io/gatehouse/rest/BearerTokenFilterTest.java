package io.gatehouse.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.FakeTokens;
import io.gatehouse.LoginNeededException;
import io.gatehouse.LoopbackApi;
import io.gatehouse.internal.observability.CapturedLog;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.client.Entity;
import jakarta.ws.rs.core.Form;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.stream.Stream;
import org.glassfish.jersey.client.filter.EncodingFilter;
import org.glassfish.jersey.message.GZipEncoder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The filter with Jersey, the client of Payara. */
class BearerTokenFilterTest {
  private final LoopbackApi api = new LoopbackApi("current", "renewed");
  private final Client client = ClientBuilder.newClient();
  private final CapturedLog log = new CapturedLog();

  BearerTokenFilterTest() throws Exception {}

  @AfterEach
  void stop() {
    log.close();
    client.close();
    api.close();
  }

  private Client with(FakeTokens tokens) {
    return client.register(new BearerTokenFilter(tokens));
  }

  private FakeTokens allowed(String token) {
    return new FakeTokens(token).mayGoToOriginOf(api.uri());
  }

  @Test
  void sendsTheTokenToAnOriginOfTheApi() {
    var answer = with(allowed("current")).target(api.uri()).request().get(String.class);
    assertThat(answer).isEqualTo("hello");
    assertThat(api.authorizations()).containsExactly("Bearer current");
    assertThat(log.ours()).isEmpty();
  }

  @Test
  void sendsNoTokenToAnotherOriginAndSaysSoOnce() {
    var others = with(new FakeTokens("current"));
    for (var i = 0; i < 2; i++) {
      try (var answer = others.target(api.uri()).request().get()) {
        assertThat(answer.getStatus()).isEqualTo(401);
      }
    }
    assertThat(api.authorizations()).containsExactly("none", "none");
    assertThat(log.ours()).hasSize(1);
    assertThat(log.ours().get(0))
        .contains("http://127.0.0.1:" + api.uri().getPort())
        .doesNotContain("canary");
  }

  @Test
  void leavesAnAuthorizationOfTheRequestsOwnAlone() {
    var tokens = allowed("current").renewedTo("renewed");
    try (var answer =
        with(tokens).target(api.uri()).request().header("Authorization", "Bearer own").get()) {
      assertThat(answer.getStatus()).isEqualTo(401);
    }
    assertThat(api.authorizations()).containsExactly("Bearer own");
    assertThat(tokens.refused()).isEmpty();
  }

  @Test
  void sendsOnceMoreWithTheRenewedTokenAfterA401() {
    var tokens = allowed("old").renewedTo("renewed");
    try (var answer = with(tokens).target(api.uri()).request().get()) {
      assertThat(answer.getStatus()).isEqualTo(200);
      assertThat(answer.getHeaderString("X-Answer")).isEqualTo("taken");
      assertThat(answer.getHeaderString("WWW-Authenticate")).isNull();
      assertThat(answer.readEntity(String.class)).isEqualTo("hello");
    }
    assertThat(api.authorizations()).containsExactly("Bearer old", "Bearer renewed");
    assertThat(api.asked().get(1).path()).isEqualTo("/orders");
    assertThat(tokens.refused()).containsExactly("old");
  }

  @Test
  void neverSendsItTwiceMore() {
    var tokens = allowed("old").renewedTo("refused-too", "renewed");
    try (var answer = with(tokens).target(api.uri()).request().get()) {
      assertThat(answer.getStatus()).isEqualTo(401);
      assertThat(answer.readEntity(String.class)).isEqualTo("refused: Bearer refused-too");
    }
    assertThat(api.authorizations()).containsExactly("Bearer old", "Bearer refused-too");
  }

  @Test
  void theRefusalStandsIfThereIsNoOtherToken() {
    try (var answer = with(allowed("old")).target(api.uri()).request().get()) {
      assertThat(answer.getStatus()).isEqualTo(401);
      assertThat(answer.readEntity(String.class)).isEqualTo("refused: Bearer old");
    }
    assertThat(api.asked()).hasSize(1);
  }

  @Test
  void anAnswerThatIsNot401IsNoReasonToRenew() {
    api.refusingWith(403);
    var tokens = allowed("old").renewedTo("renewed");
    try (var answer = with(tokens).target(api.uri()).request().get()) {
      assertThat(answer.getStatus()).isEqualTo(403);
    }
    assertThat(tokens.refused()).isEmpty();
  }

  static Stream<Entity<?>> repeatable() {
    return Stream.of(
        Entity.text("a=1"),
        Entity.text("a=1".getBytes(StandardCharsets.UTF_8)),
        Entity.form(new Form("a", "1")));
  }

  @ParameterizedTest
  @MethodSource("repeatable")
  void anEntityThatIsStillThereIsSentOnceMore(Entity<?> entity) {
    var tokens = allowed("old").renewedTo("renewed");
    try (var answer = with(tokens).target(api.uri()).request().post(entity)) {
      assertThat(answer.getStatus()).isEqualTo(200);
    }
    assertThat(api.asked())
        .extracting(LoopbackApi.Asked::method, LoopbackApi.Asked::body)
        .containsOnly(org.assertj.core.groups.Tuple.tuple("POST", "a=1"))
        .hasSize(2);
  }

  static Stream<Entity<?>> unrepeatable() {
    return Stream.of(
        Entity.text(new ByteArrayInputStream("a=1".getBytes(StandardCharsets.UTF_8))),
        Entity.text((StreamingOutput) it -> it.write('a')),
        Entity.text(new java.io.StringReader("a=1")));
  }

  @ParameterizedTest
  @MethodSource("unrepeatable")
  void anEntityThatMayBeGoneIsNot(Entity<?> entity) {
    var tokens = allowed("old").renewedTo("renewed");
    try (var answer = with(tokens).target(api.uri()).request().post(entity)) {
      assertThat(answer.getStatus()).isEqualTo(401);
      assertThat(answer.readEntity(String.class)).isEqualTo("refused: Bearer old");
    }
    assertThat(api.asked()).hasSize(1);
    assertThat(tokens.refused()).isEmpty();
  }

  @Test
  void aRedirectDoesNotTakeTheTokenToAnotherOrigin() throws Exception {
    try (var other = new LoopbackApi()) {
      api.redirectingTo(other.uri());
      try (var answer = with(allowed("current")).target(api.uri()).request().get()) {
        assertThat(answer.getStatus()).isEqualTo(302);
      }
      assertThat(other.asked()).isEmpty();
    }
  }

  @Test
  void aCompressedAnswerIsDecodedOnce() {
    with(allowed("old").renewedTo("renewed"))
        .register(GZipEncoder.class)
        .register(EncodingFilter.class);
    var answer = client.target(api.uri()).request().get(String.class);
    assertThat(answer).isEqualTo("hello");
  }

  @Test
  void worksOnATargetOfItsOwn() {
    var target = client.target(api.uri());
    target.register(new BearerTokenFilter(allowed("old").renewedTo("renewed")));
    assertThat(target.request().get(String.class)).isEqualTo("hello");
    assertThat(api.authorizations()).containsExactly("Bearer old", "Bearer renewed");
  }

  @Test
  void theClientWrapsLoginNeeded() {
    with(allowed("current").loginNeeded());
    assertThatThrownBy(() -> client.target(api.uri()).request().get())
        .isInstanceOf(ProcessingException.class)
        .hasCauseInstanceOf(LoginNeededException.class);
    assertThat(api.asked()).isEmpty();
  }

  @Test
  void noPropertyOfTheRequestPrintsTheToken() {
    var printed = new ArrayList<String>();
    with(allowed("current"));
    client.register(
        (ClientRequestFilter)
            it -> it.getPropertyNames().forEach(name -> printed.add(name + it.getProperty(name))),
        10_000);
    client.target(api.uri()).request().get().close();
    assertThat(printed).isNotEmpty().noneMatch(it -> it.contains("current"));
  }
}

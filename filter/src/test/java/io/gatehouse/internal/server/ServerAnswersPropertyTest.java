package io.gatehouse.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.internal.jose.JwsAlgorithm;
import io.gatehouse.internal.jose.JwsVerifier;
import io.gatehouse.internal.jose.Mutations;
import io.gatehouse.internal.jose.TestKeys;
import io.gatehouse.internal.protocol.AdjustableClock;
import io.gatehouse.internal.protocol.LocalMarkerStore;
import io.gatehouse.internal.protocol.LogoutTokenVerifier;
import io.gatehouse.internal.protocol.TestLogin;
import io.gatehouse.internal.protocol.TokenResponse;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;

/**
 * Any answer of an authorization server: the answer is read, or refused with the declared
 * exception.
 */
class ServerAnswersPropertyTest {
  private static final String CANARY = "canary";
  private static final String ISSUER = TestLogin.ISSUER;

  private static final String TOKENS =
      "{\"access_token\":\"canary-a\",\"id_token\":\"canary-i\",\"refresh_token\":\"canary-r\","
          + "\"expires_in\":300,\"scope\":\"openid\",\"token_type\":\"Bearer\"}";
  private static final String METADATA = metadata();

  private static String metadata() {
    var members = new LinkedHashMap<String, Object>();
    members.put("issuer", ISSUER);
    for (var endpoint : Endpoint.values()) {
      members.put(endpoint.metadataName(), ISSUER + "/" + endpoint.property());
    }
    members.put("authorization_response_iss_parameter_supported", true);
    return TestKeys.json(members);
  }

  @Provide
  Arbitrary<byte[]> bytes() {
    return Mutations.anyBytes();
  }

  @Provide
  Arbitrary<String> texts() {
    return Mutations.anyText();
  }

  @Provide
  Arbitrary<String> numbers() {
    return Arbitraries.oneOf(
        Mutations.anyText(),
        Arbitraries.longs().map(String::valueOf),
        Arbitraries.doubles().map(String::valueOf),
        Arbitraries.integers().map(it -> "1e" + it));
  }

  @Provide
  Arbitrary<byte[]> changedTokens() {
    return Mutations.of(utf8(TOKENS));
  }

  @Provide
  Arbitrary<byte[]> changedMetadata() {
    return Mutations.of(utf8(METADATA));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void assertTellsNothing(LoginFailedException refusal) {
    var trace = new StringWriter();
    refusal.printStackTrace(new PrintWriter(trace));
    assertThat(trace.toString()).doesNotContain(CANARY);
    assertThat(refusal.reason()).hasSizeLessThan(400);
  }

  private static boolean readsTokens(byte[] body) {
    try {
      var answer = TokenResponse.parse(body);
      assertThat(answer.accessToken()).isNotEmpty();
      assertThat(answer.expiresIn()).isBetween(Duration.ofSeconds(1), Duration.ofDays(1));
      assertThat(answer.toString()).doesNotContain(CANARY);
      return true;
    } catch (LoginFailedException refusal) {
      assertThat(refusal.failure()).isEqualTo(Failure.INVALID_ANSWER);
      assertTellsNothing(refusal);
      return false;
    }
  }

  @Property
  @Tag("case-44")
  @Tag("case-45")
  void whateverBytesAreNoTokens(@ForAll("bytes") byte[] bytes) {
    assertThat(readsTokens(bytes)).isFalse();
  }

  @Property
  @Tag("case-45")
  @Tag("case-46")
  @Tag("case-89")
  void aTokenAnswerThatWasChangedIsReadOrRefused(@ForAll("changedTokens") byte[] changed) {
    assertThat(readsTokens(utf8(TOKENS))).isTrue();
    readsTokens(changed);
  }

  @Property
  @Tag("case-46")
  void whateverIsInExpiresInIsBoundedOrRefused(@ForAll("numbers") String text) {
    readsTokens(utf8(TOKENS.replace("300", text)));
  }

  private static boolean readsMetadata(byte[] document) {
    try {
      var read = ServerMetadata.parse(document, ISSUER, Map.of());
      assertThat(read.issuer()).isEqualTo(ISSUER);
      assertThat(read.endpoints().values())
          .allSatisfy(
              it ->
                  assertThat(it.toString()).matches("https://(?i)op\\.example(:(443)?)?([/?].*)?"));
      return true;
    } catch (LoginFailedException refusal) {
      assertThat(refusal.failure()).isIn(Failure.INVALID_ANSWER, Failure.MISCONFIGURED);
      assertTellsNothing(refusal);
      return false;
    }
  }

  @Property
  @Tag("case-62")
  @Tag("case-78")
  void whateverBytesAreNoMetadata(@ForAll("bytes") byte[] bytes) {
    assertThat(readsMetadata(bytes)).isFalse();
  }

  @Property(tries = 1000)
  @Tag("case-62")
  @Tag("case-78")
  void metadataThatWasChangedLeadsToTheSameOriginOnly(@ForAll("changedMetadata") byte[] changed) {
    assertThat(readsMetadata(utf8(METADATA))).isTrue();
    readsMetadata(changed);
  }

  @Property
  @Tag("case-84")
  void whateverAServerAnswersDiscoveryAndKeysEndInAFailureOfALogin(
      @ForAll("bytes") byte[] bytes, @ForAll int status) {
    var answer = new ServerResponse(status, bytes, Duration.ZERO);
    var calls =
        new FakeCalls()
            .serve(ISSUER + "/.well-known/openid-configuration", answer)
            .serve(ISSUER + "/jwks", answer);
    try {
      new Discovery(calls, ISSUER, Map.of()).fetch();
      throw new AssertionError("no bytes like these are metadata");
    } catch (LoginFailedException refusal) {
      assertTellsNothing(refusal);
    }
    var server =
        new AuthorizationServer(
            ISSUER,
            TestLogin.ENDPOINTS,
            new JwsVerifier(Set.of(JwsAlgorithm.ES256)),
            calls,
            new AdjustableClock(),
            new BoundedWait(Duration.ofSeconds(1), 100));
    try {
      assertThat(server.metadata().issuer()).isEqualTo(ISSUER); // configured, so not asked for
      new LogoutTokenVerifier(
              server,
              ISSUER,
              TestLogin.ring(new AdjustableClock(), TestLogin.keys("m")),
              TestLogin.SIGNED_ONLY,
              Duration.ZERO,
              new LocalMarkerStore(new AdjustableClock()),
              new AdjustableClock())
          .verify("eyJhbGciOiJFUzI1NiJ9.e30.AAAA");
      throw new AssertionError("no bytes like these are keys");
    } catch (LoginFailedException refusal) {
      assertTellsNothing(refusal);
    }
  }
}

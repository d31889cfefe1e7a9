package io.gatehouse.internal.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.Tokens;
import io.gatehouse.filter.Deployment;
import io.gatehouse.internal.jose.JwsPayload;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.beans.Introspector;
import java.beans.PropertyDescriptor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.ObjectStreamConstants;
import java.io.ObjectStreamException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionTokensTest {
  private static final String ISSUER = "https://op.example";
  private static final String REALM = "realm";
  private static final Instant LOGGED_IN_AT = Instant.parse("2026-01-02T01:04:05Z");
  private static final Instant RECEIVED_AT = Instant.parse("2026-01-02T02:04:05Z");
  private static final Instant EXPIRES_AT = Instant.parse("2026-01-02T03:04:05Z");
  private static final String ID_TOKEN =
      idToken("{\"iss\":\"" + ISSUER + "\",\"sub\":\"user-1\",\"name\":\"Ada \u00e9\"}");

  private static String idToken(String claims) {
    return "canaryHeader."
        + Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(claims.getBytes(StandardCharsets.UTF_8))
        + ".canarySignature";
  }

  private static SessionTokens tokens(String accessToken, Optional<String> refreshToken) {
    var user = VerifiedUser.ofIdToken(ID_TOKEN, Set.of("a", "b c"));
    var set =
        new TokenSet(
            accessToken,
            ID_TOKEN,
            refreshToken,
            "openid x",
            RECEIVED_AT.toEpochMilli(),
            EXPIRES_AT.toEpochMilli(),
            user,
            0);
    return new SessionTokens(REALM, "http://localhost/x", LOGGED_IN_AT.toEpochMilli(), set);
  }

  private static SessionTokens tokens(Optional<String> refreshToken) {
    return tokens("canary-access \u00e9", refreshToken);
  }

  private static SessionTokens tokens() {
    return tokens(Optional.of("canary-refresh"));
  }

  private static byte[] written(Object object) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var out = new ObjectOutputStream(bytes)) {
      out.writeObject(object);
    }
    return bytes.toByteArray();
  }

  private static Object read(byte[] bytes) throws IOException, ClassNotFoundException {
    try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
      return in.readObject();
    }
  }

  private static SessionTokens readTokens(byte[] bytes) throws IOException, ClassNotFoundException {
    return read(bytes) instanceof SessionTokens it ? it : tokens(Optional.of("not read"));
  }

  /**
   * Sessions outlive a deployment: a release must read what the one before has stored, by these
   * class names and in this format. A change of it needs a new version of the form, and this file
   * stays.
   */
  @Test
  @Tag("case-66")
  void aStoredSessionAndItsUserAreReadBack() throws Exception {
    byte[] stored;
    try (var file = SessionTokensTest.class.getResourceAsStream("stored-session-3.base64")) {
      stored = Base64.getMimeDecoder().decode(Objects.requireNonNull(file).readAllBytes());
    }
    assertThat(read(stored))
        .isInstanceOfSatisfying(
            Object[].class,
            it -> {
              assertThat(it[0])
                  .isInstanceOfSatisfying(
                      SessionTokens.class,
                      tokens -> {
                        assertThat(tokens.current())
                            .usingRecursiveComparison()
                            .isEqualTo(tokens().current());
                        assertThat(tokens.registration()).isEqualTo(REALM);
                        assertThat(tokens.publicUrl()).isEqualTo("http://localhost/x");
                        assertThat(tokens.loggedInAt()).isEqualTo(LOGGED_IN_AT.toEpochMilli());
                      });
              assertThat(it[1]).isEqualTo(tokens().user());
            });
    assertThat(written(new Object[] {tokens(), tokens().user()})).hasSameSizeAs(stored);
  }

  private static void assertBelongToNobody(SessionTokens tokens) {
    assertThat(tokens.registration()).isEmpty();
    assertThat(tokens.accessToken()).isEmpty();
    assertThat(tokens.refreshToken()).isEmpty();
    assertThat(tokens.user().subject()).isEmpty();
    assertThat(tokens.expiresAt()).isEqualTo(Instant.EPOCH);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a.b", "a.b.c.d", "a.!!.c"})
  void refuseAnIdTokenThatIsNoJws(String idToken) {
    assertThatThrownBy(() -> JwsPayload.of(idToken)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @Tag("case-66")
  void readWhatTheyWrote() throws Exception {
    var read = readTokens(written(tokens()));
    assertThat(read.registration()).isEqualTo(REALM);
    assertThat(read.publicUrl()).isEqualTo("http://localhost/x");
    assertThat(read.loggedInAt()).isEqualTo(LOGGED_IN_AT.toEpochMilli());
    assertThat(read.current().receivedAt()).isEqualTo(RECEIVED_AT.toEpochMilli());
    assertThat(read.user().roles()).containsExactlyInAnyOrder("a", "b c");
    assertThat(read.accessToken()).isEqualTo("canary-access \u00e9");
    assertThat(read.idToken()).isEqualTo(ID_TOKEN);
    assertThat(read.refreshToken()).hasValue("canary-refresh");
    assertThat(read.expiresAt()).isEqualTo(EXPIRES_AT);
    assertThat(read.scope()).isEqualTo("openid x");
    assertThat(read.user()).isEqualTo(tokens().user());
    assertThat(read.user().displayName()).isEqualTo("Ada \u00e9");
    assertThat(readTokens(written(tokens(Optional.empty()))).refreshToken()).isEmpty();
  }

  @Test
  @Tag("case-66")
  void writeTokensLongerThan64KiB() throws Exception {
    var big = tokens("t".repeat(100_000), Optional.empty());
    assertThat(readTokens(written(big)).accessToken()).hasSize(100_000);
  }

  /**
   * Returns the offset of the written format, which begins with its version, followed by the time.
   */
  private static int formatStart(byte[] bytes) {
    var millis = ByteBuffer.allocate(8).putLong(LOGGED_IN_AT.toEpochMilli()).array();
    for (var i = 4; i < bytes.length - 8; i++) {
      if (Arrays.equals(bytes, i, i + 8, millis, 0, 8)) {
        return i - 4;
      }
    }
    throw new AssertionError("the time is not there");
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  @Tag("case-66")
  void ofAnOlderOrNewerFormatBelongToNobody(int version) throws Exception {
    var bytes = written(tokens());
    ByteBuffer.wrap(bytes).putInt(formatStart(bytes), version);
    assertBelongToNobody(readTokens(bytes));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, (1 << 20) + 1, 1 << 20, 500})
  @Tag("case-66")
  void withALengthThatCannotBeBelongToNobody(int length) throws Exception {
    var bytes = written(tokens());
    ByteBuffer.wrap(bytes).putInt(formatStart(bytes) + 12, length);
    assertBelongToNobody(readTokens(bytes));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 4, 12, 40, 100})
  @Tag("case-66")
  void thatEndEarlyBelongToNobody(int length) throws Exception {
    var whole = written(new Object[] {"before", tokens(), "after"});
    var content = formatStart(whole);
    // One block, which begins with its length in one byte.
    assertThat(whole[content - 2]).isEqualTo(ObjectStreamConstants.TC_BLOCKDATA);
    var end = content + (whole[content - 1] & 0xFF);
    var cut = new ByteArrayOutputStream();
    cut.write(whole, 0, content - 1);
    cut.write(length);
    cut.write(whole, content, length);
    cut.write(whole, end, whole.length - end);
    assertThat(read(cut.toByteArray()))
        .isInstanceOfSatisfying(
            Object[].class,
            it -> {
              assertThat(it[1])
                  .isInstanceOfSatisfying(
                      SessionTokens.class, SessionTokensTest::assertBelongToNobody);
              assertThat(it[2]).isEqualTo("after");
            });
  }

  @Test
  @Tag("case-66")
  void withAnIdTokenThatCannotBeReadBelongToNobody() throws Exception {
    var bytes = written(tokens());
    var at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("canaryHeader.") + 12;
    bytes[at] = '_'; // no longer three parts
    assertBelongToNobody(readTokens(bytes));
  }

  @Test
  @Tag("case-66")
  void inASessionWithOtherAttributesLeaveThoseWhole() throws Exception {
    var bytes = written(new Object[] {"before", tokens(), "after"});
    ByteBuffer.wrap(bytes).putInt(formatStart(bytes), 99);
    assertThat(read(bytes))
        .isInstanceOfSatisfying(
            Object[].class,
            it -> {
              assertThat(it[0]).isEqualTo("before");
              assertThat(it[1])
                  .isInstanceOfSatisfying(
                      SessionTokens.class, SessionTokensTest::assertBelongToNobody);
              assertThat(it[2]).isEqualTo("after");
            });
  }

  @Test
  @Tag("case-66")
  void writtenAsTheirOwnClassAreRefused() throws Exception {
    var form = new String(written(tokens()), StandardCharsets.ISO_8859_1);
    // A forged stream that names SessionTokens itself, with the form's serialVersionUID, 1, as its
    // own.
    var forged =
        form.replace(
            "\u0000)io.gatehouse.internal.session.SessionForm",
            "\u0000+io.gatehouse.internal.session.SessionTokens");
    assertThat(forged).isNotEqualTo(form);
    assertThatThrownBy(() -> read(forged.getBytes(StandardCharsets.ISO_8859_1)))
        .isInstanceOf(ObjectStreamException.class);
  }

  @Test
  @Tag("case-66")
  void areReadByANewClassLoader() throws Exception {
    var bytes = written(tokens());
    var classes =
        new URL[] {SessionTokens.class.getProtectionDomain().getCodeSource().getLocation()};
    try (var redeployed = new OwnFirst(classes, getClass().getClassLoader());
        var in = new LoadedBy(new ByteArrayInputStream(bytes), redeployed)) {
      var read = in.readObject();
      assertThat(read.getClass().getName()).isEqualTo(SessionTokens.class.getName());
      assertThat(read).isNotInstanceOf(SessionTokens.class);
      assertThat(redeployed.loadClass(Tokens.class.getName()).getMethod("accessToken").invoke(read))
          .isEqualTo("canary-access \u00e9");
    }
  }

  /** A redeployed application, which loads Gatehouse's classes again. */
  private static final class OwnFirst extends URLClassLoader {
    OwnFirst(URL[] classes, ClassLoader parent) {
      super(classes, parent);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      synchronized (getClassLoadingLock(name)) {
        var known = findLoadedClass(name);
        if (known != null) {
          return known;
        }
        return name.startsWith("io.gatehouse.") ? findClass(name) : super.loadClass(name, resolve);
      }
    }
  }

  private static final class LoadedBy extends ObjectInputStream {
    private final ClassLoader loader;

    LoadedBy(InputStream in, ClassLoader loader) throws IOException {
      super(in);
      this.loader = loader;
    }

    @Override
    protected Class<?> resolveClass(ObjectStreamClass type) throws ClassNotFoundException {
      return Class.forName(type.getName(), false, loader);
    }
  }

  @Test
  @Tag("case-89")
  void printNoToken() {
    assertThat(tokens().toString())
        .isEqualTo("Tokens[AuthenticatedUser[user-1], expiresAt=2026-01-02T03:04:05Z]")
        .doesNotContain("canary");
  }

  @Test
  void haveAGetterForEachNameThatElUses() throws Exception {
    var names =
        Arrays.stream(
                Introspector.getBeanInfo(SessionTokens.class, Object.class)
                    .getPropertyDescriptors())
            .map(PropertyDescriptor::getName)
            .toList();
    assertThat(names)
        .containsExactlyInAnyOrder(
            "accessToken",
            "idToken",
            "idTokenClaims",
            "refreshToken",
            "expiresAt",
            "scope",
            "user");
    var tokens = tokens();
    assertThat(tokens.getAccessToken()).isEqualTo(tokens.accessToken());
    assertThat(tokens.getIdToken()).isEqualTo(tokens.idToken());
    assertThat(tokens.getRefreshToken()).isEqualTo("canary-refresh");
    assertThat(tokens(Optional.empty()).getRefreshToken()).isEmpty();
    assertThat(tokens.getExpiresAt()).isEqualTo(tokens.expiresAt());
    assertThat(tokens.getScope()).isEqualTo(tokens.scope());
    assertThat(tokens.getUser()).isEqualTo(tokens.user());
  }

  @Test
  void areFoundInTheSession() {
    var tokens = tokens();
    assertThat(Tokens.of(session(() -> tokens))).hasValue(tokens);
    assertThat(Tokens.of(session(() -> "something else"))).isEmpty();
    var session = Optional.of(session(() -> tokens));
    assertThat(Tokens.of(request(session, false))).hasValue(tokens);
    assertThat(Tokens.of(request(session, true))).as("found by an id in the URL").isEmpty();
  }

  @Test
  void areNotThereIfTheSessionHasEndedOrThereIsNone() {
    var ended =
        session(
            () -> {
              throw new IllegalStateException("ended");
            });
    assertThat(Tokens.of(ended)).isEmpty();
    assertThat(Tokens.of(request(Optional.empty(), false))).isEmpty();
  }

  // Without Gatehouse in its servlet context, as in an application's own tests.
  private static HttpSession session(Supplier<Object> attribute) {
    var context = Deployment.proxy(ServletContext.class, (proxy, called, arguments) -> null);
    return Deployment.proxy(
        HttpSession.class,
        (proxy, called, arguments) ->
            called.getName().equals("getServletContext") ? context : attribute.get());
  }

  /** Answers the two calls that are expected; any other fails the test. */
  private static HttpServletRequest request(Optional<HttpSession> session, boolean idFromUrl) {
    return Deployment.proxy(
        HttpServletRequest.class,
        (proxy, called, arguments) -> {
          if (called.getName().equals("isRequestedSessionIdFromURL")) {
            return idFromUrl;
          }
          assertThat(called.getName()).isEqualTo("getSession");
          assertThat(arguments).as("makes no session").containsExactly(false);
          return session.orElse(null);
        });
  }
}

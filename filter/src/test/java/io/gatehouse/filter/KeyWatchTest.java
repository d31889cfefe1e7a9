package io.gatehouse.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.LoginNeededException;
import io.gatehouse.internal.config.Configuration;
import io.gatehouse.internal.config.FilterName;
import io.gatehouse.internal.config.KeyFiles;
import io.gatehouse.internal.config.Property;
import io.gatehouse.internal.config.Settings;
import io.gatehouse.internal.config.ValidConfiguration;
import io.gatehouse.internal.jose.SigningKey;
import io.gatehouse.internal.jose.TestKeys;
import io.gatehouse.internal.login.LoginsByKey;
import io.gatehouse.internal.observability.CapturedLog;
import io.gatehouse.internal.protocol.AdjustableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys and secrets that change in their files while the application runs. */
@Tag("case-88")
class KeyWatchTest {
  private static final String FIRST = ValidConfiguration.RFC_7515_A_3;
  private static final String SECOND = ValidConfiguration.RFC_7517_A_2;

  @TempDir private Path folder;
  private final CapturedLog log = new CapturedLog();
  private final List<Configuration.Keys> inForce = new ArrayList<>();

  @BeforeEach
  void writeFirstKey() throws IOException {
    write("current", FIRST);
  }

  @AfterEach
  void stopListening() {
    log.close();
  }

  private void write(String name, String content) throws IOException {
    Files.writeString(folder.resolve(name), content);
  }

  private String at(String name) {
    return folder.resolve(name).toUri().toString();
  }

  private Config config() {
    return ValidConfiguration.ofVerifier()
        .with(Property.SIGNING_KEY, at("current"))
        .with(Property.SIGNING_KEY_NEXT, at("next"))
        .with(Property.SIGNING_KEY_PREVIOUS, at("previous"))
        .config();
  }

  private static KeyFiles files(Config config) {
    return new KeyFiles(
        new Settings(config, FilterName.alone("gatehouse"), Map.of()),
        KeyWatchTest.class.getClassLoader());
  }

  private KeyWatch watch(Config config) {
    return new KeyWatch(() -> files(config), files(config).fingerprint(), inForce::add);
  }

  private static List<String> published(Configuration.Keys keys) {
    return keys.published().stream().map(SigningKey::kid).toList();
  }

  @Test
  void filesThatDoNotChangeChangeNothing() {
    var watch = watch(config());
    watch.look();
    watch.look();
    assertThat(inForce).isEmpty();
    assertThat(log.ours()).isEmpty();
  }

  @Test
  void aNextKeyIsPublishedBeforeItSignsAndThePreviousOneAfter() throws IOException {
    var watch = watch(config());
    write("next", SECOND);
    watch.look();
    var first = inForce.get(0).current().clientId();
    assertThat(published(inForce.get(0))).hasSize(2).startsWith(first);
    var second = published(inForce.get(0)).get(1);

    write("previous", FIRST);
    write("current", SECOND);
    watch.look();
    assertThat(inForce.get(1).current().clientId()).isEqualTo(second);
    assertThat(published(inForce.get(1))).as("each key once").containsExactly(second, first);

    write("next", "\n");
    Files.delete(folder.resolve("previous"));
    watch.look();
    assertThat(published(inForce.get(2))).containsExactly(second);
    assertThat(log.ours()).isEmpty();
  }

  @Test
  void whatCannotBeReadChangesNothingAndIsToldOnce() throws IOException {
    var watch = watch(config());
    write("current", FIRST.substring(0, 40));
    watch.look();
    watch.look();
    assertThat(inForce).isEmpty();
    assertThat(log.ours()).hasSize(1);
    assertThat(log.ours().get(0))
        .contains("GH421", "keeping the previous ones: GH219 gatehouse.signing-key")
        .doesNotContain(FIRST.substring(0, 40));
    write("current", FIRST);
    watch.look();
    assertThat(inForce).as("the same keys again").isEmpty();
    write("current", SECOND);
    watch.look();
    assertThat(inForce).hasSize(1);
  }

  @Test
  void aFileThatIsGoneChangesNothing() throws IOException {
    var watch = watch(config());
    Files.delete(folder.resolve("current"));
    watch.look();
    assertThat(inForce).isEmpty();
    assertThat(log.ours().get(0))
        .contains("GH109 gatehouse.signing-key names a file that does not exist");
  }

  @Test
  void onlyFilesCanChange() {
    assertThat(files(config()).areFiles()).isTrue();
    assertThat(files(ValidConfiguration.ofVerifier().config()).areFiles()).isFalse();
  }

  @Test
  void theThreadEndsWithTheApplication() throws Exception {
    var watch = watch(config());
    watch.start();
    assertThat(threads()).isEqualTo(1);
    watch.close();
    for (int i = 0; i < 500 && threads() > 0; i++) {
      Thread.sleep(10);
    }
    assertThat(threads()).isZero();
  }

  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(it -> it.getName().equals("gatehouse key files") && it.isAlive())
        .count();
  }

  @Test
  void theLogSaysWhichKeysAreInForce() throws Exception {
    var config = config();
    try (var application =
        new Deployment(ValidConfiguration.read(config, Map.of()), new AdjustableClock(), "/shop")) {
      write("next", SECOND);
      new KeyWatch(() -> files(config), "before", application.gatehouse()::use).look();
      var kids = published(files(config).read());
      assertThat(log.ours()).singleElement().asString().contains("are in force", kids.get(1));
      assertThat(application.answer(FakeRequest.get("/shop/gatehouse/jwks")).body()).contains(kids);
    }
  }

  private LoginsByKey logins(Configuration configuration, AdjustableClock clock) {
    return new LoginsByKey(configuration, clock, new SecureRandom());
  }

  @Test
  void withADidKeyLoginsAndSessionsGoOnAsTheClientThatBeganThem() throws IOException {
    var clock = new AdjustableClock();
    var config = config();
    var logins = logins(ValidConfiguration.read(config, Map.of()), clock);
    var ring = logins.ring();
    var before = ring.client();
    var handle = ring.begin().handle("/gatehouse", "");
    var registration = logins.registrations().of(before);

    write("previous", FIRST);
    write("current", SECOND);
    logins.use(files(config).read());
    assertThat(ring.client().clientId()).isNotEqualTo(before.clientId());
    var opened = ring.openHandle(handle, "/gatehouse").orElseThrow();
    assertThat(opened.login().client().clientId()).isEqualTo(before.clientId());
    assertThat(logins.registrations().client(registration).orElseThrow().clientId())
        .isEqualTo(before.clientId());

    Files.delete(folder.resolve("previous"));
    logins.use(files(config).read());
    assertThat(ring.openHandle(handle, "/gatehouse")).isEmpty();
    assertThat(logins.registrations().contains(registration)).isFalse();
  }

  @Test
  void tokensThatAreHeldServeNoLongerThanTheirKeyIsInUse() throws Exception {
    var clock = new AdjustableClock();
    var config = config();
    try (var application =
        new Deployment(ValidConfiguration.read(config, Map.of()), clock, "/shop")) {
      var session = application.sessionOfUser(clock).http();
      var held = application.gatehouse().session().find(session).orElseThrow();
      assertThat(held.accessToken()).isNotEmpty();
      write("current", SECOND);
      application.gatehouse().use(files(config).read());
      assertThatThrownBy(held::accessToken).isInstanceOf(LoginNeededException.class);
    }
  }

  private Config withSecret(String secret) throws IOException {
    write("secret", secret);
    return ValidConfiguration.ofOidc().with(Property.CLIENT_SECRET, at("secret")).config();
  }

  @Test
  void aLoginUnderTheFormerSecretEndsAndNoneBeginsUnderIt() throws IOException {
    var clock = new AdjustableClock();
    var config = withSecret("canary-".repeat(8));
    var logins = logins(ValidConfiguration.read(config, Map.of()), clock);
    var ring = logins.ring();
    var formerAlone = logins(ValidConfiguration.read(config, Map.of()), clock).ring();
    var handle = ring.begin().handle("/gatehouse", "");
    write("secret", "another-".repeat(8));
    logins.use(files(config).read());
    assertThat(ring.openHandle(handle, "/gatehouse")).isPresent();
    assertThat(ring.openHandle(ring.begin().handle("/gatehouse", ""), "/gatehouse")).isPresent();
    clock.advance(Duration.ofSeconds(61));
    var later = formerAlone.begin().handle("/gatehouse", "");
    assertThat(formerAlone.openHandle(later, "/gatehouse")).as("by itself").isPresent();
    assertThat(ring.openHandle(later, "/gatehouse")).as("begun after the change").isEmpty();
  }

  @Test
  void withAnotherServerTheClientStaysAndTheNewKeySignsForLoginsUnderWay() throws IOException {
    var clock = new AdjustableClock();
    var config =
        ValidConfiguration.ofOidc()
            .without(Property.CLIENT_SECRET)
            .with(Property.SIGNING_KEY, at("current"))
            .with(Property.SIGNING_KEY_PREVIOUS, at("previous"))
            .config();
    var logins = logins(ValidConfiguration.read(config, Map.of()), clock);
    var handle = logins.ring().begin().handle("/gatehouse", "");
    var registration = logins.registrations().of(logins.ring().client());
    write("previous", FIRST);
    write("current", TestKeys.pem(TestKeys.p256("the new key").getPrivate()));
    logins.use(files(config).read());
    var opened = logins.ring().openHandle(handle, "/gatehouse").orElseThrow();
    assertThat(opened.login().client().requestObjectSigner())
        .isSameAs(logins.ring().client().requestObjectSigner());
    assertThat(logins.registrations().contains(registration)).isTrue();
  }
}

package io.gatehouse.it.tests;

import io.gatehouse.it.servers.ClientKey;
import io.gatehouse.it.servers.ConfiguredWar;
import io.gatehouse.it.servers.PayaraMicro;
import io.gatehouse.it.servers.ServerProcess;
import io.gatehouse.it.servers.StandIn;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * The servers of all tests, started once: the stand-in with the behavior of line 2.x and of line
 * 3.x, both strict, and Payara Micro with the sample four times, and with the applications of
 * {@link LogoutIT} and {@link RefreshIT}, which have their own stand-ins.
 */
final class Servers implements AutoCloseable {
  /** The sample with provider verifier, against line 2.x. */
  static final String V2 = "v2";

  /** The sample with provider verifier, against line 3.x. */
  static final String V3 = "v3";

  /** The sample with provider oidc, a plain client id and HS256, against line 2.x. */
  static final String HMAC = "hmac";

  /** The sample of {@link #V3}, with a key that a test changes. */
  static final String ROTATING = "rotating";

  private static final String SECRET = "an invented client secret of the tests, 51 bytes...";
  private static final List<String> STRICT = List.of("--standin.strict=true");

  /** The directory of all files that the servers read and write. */
  static final Path DIRECTORY = ServerProcess.directory().resolveSibling("it").toAbsolutePath();

  private final StandIn line2;
  private final StandIn line3;
  private final PayaraMicro payara;
  private final ClientKey rotatingKey;

  private Servers() {
    line2 = standIn("2.x");
    line3 = standIn("3.x");
    var key = ClientKey.create(DIRECTORY.resolve("signing-key.pem"));
    var rotating = ClientKey.create(DIRECTORY.resolve("rotating.pem"));
    rotatingKey = rotating.copy(DIRECTORY.resolve("rotating-old.pem"));
    var wars = new ArrayList<Path>();
    wars.add(verifierWar(V2, line2, key, Map.of()));
    wars.add(verifierWar(V3, line3, key, Map.of()));
    wars.add(verifierWar(ROTATING, line3, rotating, otherKeys()));
    wars.add(secretWar(HMAC, line2));
    wars.addAll(LogoutIT.wars());
    wars.addAll(RefreshIT.wars());
    payara = PayaraMicro.start(DIRECTORY, ServerProcess.freePort(), PayaraMicro.QUICK_START, wars);
    line2.await().registerDidKey(key.didKey(), publicUrl(V2));
    line2.registerSecret("sample", SECRET, publicUrl(HMAC));
    line3.await().registerDidKey(key.didKey(), publicUrl(V3));
    line3.registerDidKey(rotating.didKey(), publicUrl(ROTATING));
    List.of(V2, V3, ROTATING, HMAC).forEach(payara::awaitApplication);
  }

  private StandIn standIn(String line) {
    return StandIn.start(
        DIRECTORY.resolve("standin-" + line + ".log"), ServerProcess.freePort(), line, STRICT);
  }

  // These files do not exist yet.
  private Map<String, String> otherKeys() {
    return Map.of(
        "gatehouse.signing-key-next", DIRECTORY.resolve("rotating-next.pem").toUri().toString(),
        "gatehouse.signing-key-previous",
            DIRECTORY.resolve("rotating-previous.pem").toUri().toString());
  }

  private Path verifierWar(
      String context, StandIn standIn, ClientKey key, Map<String, String> more) {
    var properties =
        new HashMap<>(
            Map.of(
                "gatehouse.issuer", standIn.issuer(),
                "gatehouse.id-token.issuer", standIn.tokenIssuer(),
                "gatehouse.signing-key", key.location(),
                "gatehouse.api-origins", standIn.apiOrigin(),
                "sample.api-url", standIn.apiUrl()));
    properties.putAll(more);
    return ConfiguredWar.create(DIRECTORY.resolve(context + ".war"), properties);
  }

  private Path secretWar(String context, StandIn standIn) {
    return ConfiguredWar.create(
        DIRECTORY.resolve(context + ".war"),
        Map.of(
            "gatehouse.provider",
            "oidc",
            "gatehouse.issuer",
            standIn.issuer(),
            "gatehouse.client-id",
            "sample",
            "gatehouse.client-secret",
            SECRET,
            "gatehouse.scope",
            "openid learcredential",
            "gatehouse.roles",
            "vc/credentialSubject/mandate/power",
            "gatehouse.api-origins",
            standIn.apiOrigin(),
            "sample.api-url",
            standIn.apiUrl()));
  }

  private String publicUrl(String context) {
    return payara.address(context).toString().replaceFirst("/$", "");
  }

  /** Returns a page of the sample. */
  URI page(String context, String path) {
    return URI.create(publicUrl(context) + path);
  }

  /** Returns the stand-in that the sample at this context uses. */
  StandIn verifierOf(String context) {
    return context.equals(V3) || context.equals(ROTATING) ? line3 : line2;
  }

  /** Returns the first key of {@link #ROTATING}, in a file that is not replaced. */
  ClientKey rotatingKey() {
    return rotatingKey;
  }

  PayaraMicro payara() {
    return payara;
  }

  @Override
  public void close() {
    payara.close();
    line2.close();
    line3.close();
  }

  /** Gives tests the servers, and closes them after the last test. */
  static final class Parameter implements ParameterResolver {
    private static final ExtensionContext.Namespace ALL =
        ExtensionContext.Namespace.create(Servers.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == Servers.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return context
          .getRoot()
          .getStore(ALL)
          .getOrComputeIfAbsent(Servers.class, it -> new Servers(), Servers.class);
    }
  }
}

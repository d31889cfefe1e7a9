package io.gatehouse.standin.state;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import io.gatehouse.standin.config.ClientRegistration;
import io.gatehouse.standin.config.Issuer;
import io.gatehouse.standin.config.Settings;
import io.gatehouse.standin.did.DidKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The application under test, if the stand-in is to create its signing key. The key's did:key
 * identifies the application at each of its addresses.
 */
public final class Application {

  public static final String DEFAULT_PATH = "/gatehouse";
  private static final Path DEFAULT_KEY = Path.of("gatehouse-signing-key.jwk");

  private final Issuer issuer;
  private final Clients clients;
  private final Optional<Path> keyFile;
  private final Optional<String> clientId;
  private final List<String> roots = new ArrayList<>();

  Application(Settings settings, Issuer issuer, Clients clients) {
    this.issuer = issuer;
    this.clients = clients;
    var address = Optional.ofNullable(settings.application());
    this.keyFile =
        Optional.ofNullable(settings.signingKey())
            .or(() -> address.map(it -> DEFAULT_KEY))
            .map(Path::toAbsolutePath);
    this.clientId = keyFile.map(Application::readOrCreate).map(DidKey::encode);
    address.ifPresent(it -> register(it, DEFAULT_PATH));
  }

  /**
   * Registers the application at an address, in addition to the earlier ones.
   *
   * @param publicUrl the application's root, as browsers see it
   * @param path the path of Gatehouse's own paths in the application
   */
  public synchronized void register(String publicUrl, String path) {
    var client =
        clientId.orElseThrow(
            () -> new IllegalArgumentException("needs standin.signing-key or standin.application"));
    roots.add(root(publicUrl, path));
    clients.put(
        new ClientRegistration(
            client,
            publicUrl,
            all("/callback"),
            List.of(),
            List.of("client_secret_jwt"),
            List.of(),
            all("/logged-out"),
            roots.get(roots.size() - 1) + "/backchannel-logout",
            false,
            false,
            null,
            "ES256",
            null));
  }

  private List<String> all(String path) {
    return roots.stream().map(it -> it + path).toList();
  }

  private static String root(String publicUrl, String path) {
    var uri = URI.create(publicUrl);
    if (uri.getHost() == null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "an application's address is such as http://localhost:8080/shop, not " + publicUrl);
    }
    return publicUrl.replaceFirst("/+$", "") + path;
  }

  /** Returns the properties to set for Gatehouse in the application, by name. */
  public Map<String, String> properties() {
    var properties = new LinkedHashMap<String, String>();
    properties.put("gatehouse.provider", "verifier");
    properties.put("gatehouse.issuer", issuer.discovered());
    if (!issuer.ofTokens().equals(issuer.discovered())) {
      properties.put("gatehouse.id-token.issuer", issuer.ofTokens());
    }
    keyFile.ifPresent(it -> properties.put("gatehouse.signing-key", it.toUri().toString()));
    return properties;
  }

  private static ECKey readOrCreate(Path file) {
    try {
      if (Files.exists(file)) {
        return read(file);
      }
      var key = new ECKeyGenerator(Curve.P_256).generate();
      create(file);
      Files.writeString(file, key.toJSONString());
      return key;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (JOSEException e) {
      throw new IllegalStateException("this JDK has no P-256", e);
    }
  }

  private static ECKey read(Path file) throws IOException {
    try {
      var key = ECKey.parse(Files.readString(file));
      if (key.isPrivate() && key.getCurve().equals(Curve.P_256)) {
        return key;
      }
    } catch (ParseException noJwk) {
      // The cause may quote the key.
    }
    throw new IllegalArgumentException("standin.signing-key is no private JWK of P-256: " + file);
  }

  // Only the owner can read the file from the start, if the file system has permissions.
  private static void create(Path file) throws IOException {
    if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
  }
}

package io.gatehouse.it.browser;

import com.microsoft.playwright.BrowserContext;
import io.gatehouse.it.servers.ClientKey;
import io.gatehouse.it.servers.ConfiguredWar;
import io.gatehouse.it.servers.PayaraMicro;
import io.gatehouse.it.servers.ServerProcess;
import io.gatehouse.it.servers.StandIn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * The servers of all tests, started once: a browser, the stand-in with the behavior of line 3.x,
 * and Payara Micro with the sample three times and a fourth sample that is closed.
 */
final class Market implements AutoCloseable {
  /** The sample, with a stricter login for {@link #STRONG_PATH}. */
  static final String SHOP = "shop";

  /**
   * The sample with the shortest login timeout that can be configured, and no public start page.
   */
  static final String HASTY = "hasty";

  /** The sample that expects the ID tokens of another issuer. */
  static final String STRANGE = "strange";

  /** The sample whose web.xml leaves the initializer out, so that it has not started. */
  static final String CLOSED = "closed";

  /**
   * A path of the shop that requires an authentication level that the stand-in does not support.
   */
  static final String STRONG_PATH = "/strong";

  private final Path directory = ServerProcess.directory().resolveSibling("it").toAbsolutePath();
  private final int verifierPort = ServerProcess.freePort();
  private final Map<String, ClientKey> keys = new HashMap<>();
  private final Chromium chromium = Chromium.start();
  private final PayaraMicro payara;
  private StandIn verifier;

  private Market() {
    verifier = startVerifier();
    payara =
        PayaraMicro.start(
            directory,
            ServerProcess.freePort(),
            List.of("-XX:TieredStopAtLevel=1"), // it is short-lived
            List.of(
                war(SHOP, Map.of("gatehouse.required-acr", STRONG_PATH + "=urn:example:gold")),
                war(
                    HASTY,
                    Map.of(
                        "gatehouse.login-timeout",
                        "30s",
                        "gatehouse.public-paths",
                        "/style.css,/icons/*")),
                war(STRANGE, Map.of("gatehouse.id-token.issuer", "http://127.0.0.1:1")),
                closedWar()));
    register();
    keys.keySet().forEach(payara::awaitApplication);
  }

  private StandIn startVerifier() {
    return StandIn.start(
        directory.resolve("standin.log"),
        verifierPort,
        "3.x",
        List.of("--standin.strict=true", "--standin.login-timeout=3600s"));
  }

  private Path war(String context, Map<String, String> more) {
    var key = ClientKey.create(directory.resolve(context + ".pem"));
    keys.put(context, key);
    var settings = new HashMap<String, String>();
    settings.put("gatehouse.issuer", verifier.issuer());
    settings.put("gatehouse.id-token.issuer", verifier.tokenIssuer());
    settings.put("gatehouse.signing-key", key.location());
    settings.put("gatehouse.api-origins", verifier.apiOrigin());
    settings.put("sample.api-url", verifier.apiUrl());
    settings.putAll(more);
    return ConfiguredWar.create(directory.resolve(context + ".war"), settings);
  }

  private Path closedWar() {
    var war = ConfiguredWar.create(directory.resolve(CLOSED + ".war"), Map.of());
    try (var files = FileSystems.newFileSystem(war)) {
      var webXml = files.getPath("WEB-INF", "web.xml");
      var text = Files.readString(webXml);
      Files.writeString(webXml, text.replace("</web-app>", "<absolute-ordering/></web-app>"));
      return war;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void register() {
    verifier.await();
    keys.forEach((context, key) -> verifier.registerDidKey(key.didKey(), page(context, "")));
  }

  /** Returns the address of a page of the sample. */
  String page(String context, String path) {
    return payara.address(context).toString().replaceFirst("/$", "") + path;
  }

  StandIn verifier() {
    return verifier;
  }

  /** Starts the stand-in again after it was killed, without its earlier state. */
  void restartVerifier() {
    verifier = startVerifier();
    register();
  }

  /** Returns whether Payara has logged a line with this pattern, or does so soon. */
  boolean awaitLog(String pattern) {
    var line = Pattern.compile(pattern);
    for (int i = 0; i < 25 && !line.matcher(payara.process().output()).find(); i++) {
      ServerProcess.pause();
    }
    return line.matcher(payara.process().output()).find();
  }

  BrowserContext window(Screen screen, boolean javaScript) {
    return chromium.open(screen, javaScript);
  }

  @Override
  public void close() {
    chromium.close();
    payara.close();
    verifier.close();
  }

  /** Gives tests the market, and closes it after the last test. */
  static final class Parameter implements ParameterResolver {
    private static final ExtensionContext.Namespace ALL =
        ExtensionContext.Namespace.create(Market.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == Market.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return context
          .getRoot()
          .getStore(ALL)
          .getOrComputeIfAbsent(Market.class, it -> new Market(), Market.class);
    }
  }
}

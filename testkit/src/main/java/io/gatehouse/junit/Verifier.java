package io.gatehouse.junit;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The stand-in for the Verifier, as the test of an application sees it. */
public final class Verifier {
  private static final String DEFAULT_PATH = "/gatehouse";

  private final URI issuer;
  private final Control control;
  private final Strictness strictness = new Strictness();
  private Counts before = Counts.NONE;

  Verifier(URI issuer) {
    this.issuer = issuer;
    this.control = new Control(issuer);
  }

  /**
   * Its address.
   *
   * @return the issuer as the metadata has it, a URL of 127.0.0.1
   */
  public URI issuer() {
    return issuer;
  }

  /**
   * The properties for an application on loopback, which finds its own address: provider, issuer
   * and signing key. It is to be registered, too: {@link #register(URI)}.
   *
   * @return values by name, such as {@code gatehouse.issuer}; the key is the location of a file
   *     that lasts as long as the stand-in
   */
  public Map<String, String> properties() {
    return control.properties();
  }

  /**
   * Registers an application and gives the properties for it: those of {@link #properties()} and
   * its {@code gatehouse.public-url}.
   *
   * @param application its root as browsers see it, context path included, such as {@code
   *     http://localhost:8080/shop}
   * @return values by name
   * @throws IllegalArgumentException if it is no such address
   */
  public Map<String, String> properties(URI application) {
    register(application);
    var properties = new LinkedHashMap<>(properties());
    properties.put("gatehouse.public-url", application.toString().replaceFirst("/+$", ""));
    return Collections.unmodifiableMap(properties);
  }

  /**
   * Registers an application by the {@code did:key} of the signing key, with its redirect URI and
   * its addresses for log-out. It may be registered at several addresses.
   *
   * @param application its root as browsers see it, context path included, such as {@code
   *     http://localhost:8080/shop}
   * @throws IllegalArgumentException if it is no such address
   */
  public void register(URI application) {
    register(application, DEFAULT_PATH);
  }

  /**
   * Registers an application that has another {@code gatehouse.path}.
   *
   * @param application its root as browsers see it, context path included
   * @param path where Gatehouse's own paths are in it, such as {@code /auth}
   * @throws IllegalArgumentException if it is no such address
   */
  public void register(URI application, String path) {
    control.register(application, path);
  }

  /**
   * Logs a person in, as a browser does: opens a page of the application that needs a log-in,
   * presents the person's credential, and goes where that leads. From then on the client is that
   * person's browser.
   *
   * @param client with a cookie handler, such as {@code HttpClient.newBuilder().cookieHandler(new
   *     CookieManager()).build()}; it may follow redirects or not
   * @param page a page that needs a log-in
   * @param person the name of one of the {@link VerifierStandIn#people()}
   * @return where the log-in ended: the page, or what the application shows to somebody whom the
   *     Verifier refuses
   * @throws IllegalArgumentException if the client has no cookie handler, or nobody has that name
   * @throws IllegalStateException if the page does not lead to the Verifier, or the Verifier
   *     refuses the application's request; the message says why
   * @throws java.io.UncheckedIOException if the application does not answer
   */
  public HttpResponse<String> logIn(HttpClient client, URI page, String person) {
    return new LogIn(client).at(page, person);
  }

  /**
   * What came since the test began.
   *
   * @return a number for each kind of call; before the first test, since the stand-in started
   */
  public Counts counts() {
    return control.counts().since(before);
  }

  /**
   * What the stand-in refused since the test began, because it broke the protocol.
   *
   * @return a sentence for each, in the order in which they came; never a token, code or state
   */
  public List<String> refusals() {
    return strictness.unchecked(control.refusals());
  }

  /**
   * Says that in this test the application is to send something that the Verifier refuses. Without
   * it such a test fails; with it the test fails if nothing of the kind is refused.
   *
   * @param rule a part of what the refusal says, such as {@code redirect_uri}
   */
  public void expectRefusal(String rule) {
    strictness.expect(rule);
  }

  void begin() {
    before = control.counts();
  }

  void check() {
    strictness.check(control.refusals());
  }
}

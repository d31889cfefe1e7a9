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
   * Returns the stand-in's address.
   *
   * @return the issuer in the metadata, a URL of 127.0.0.1
   */
  public URI issuer() {
    return issuer;
  }

  /**
   * Returns the properties for an application on loopback, which finds its own address: provider,
   * issuer and signing key. The application must also be registered: {@link #register(URI)}.
   *
   * @return values by name, such as {@code gatehouse.issuer}; the key is the location of a file
   *     that lasts as long as the stand-in
   */
  public Map<String, String> properties() {
    return control.properties();
  }

  /**
   * Registers an application and returns its properties: those of {@link #properties()} and its
   * {@code gatehouse.public-url}.
   *
   * @param application the application's root as browsers see it, including the context path, such
   *     as {@code http://localhost:8080/shop}
   * @return values by name
   * @throws IllegalArgumentException if the address is not of this form
   */
  public Map<String, String> properties(URI application) {
    register(application);
    var properties = new LinkedHashMap<>(properties());
    properties.put("gatehouse.public-url", application.toString().replaceFirst("/+$", ""));
    return Collections.unmodifiableMap(properties);
  }

  /**
   * Registers an application by the {@code did:key} of the signing key, with its redirect URI and
   * its addresses for logout. An application may be registered at several addresses.
   *
   * @param application the application's root as browsers see it, including the context path, such
   *     as {@code http://localhost:8080/shop}
   * @throws IllegalArgumentException if the address is not of this form
   */
  public void register(URI application) {
    register(application, DEFAULT_PATH);
  }

  /**
   * Registers an application that has another {@code gatehouse.path}.
   *
   * @param application the application's root as browsers see it, including the context path
   * @param path the path of Gatehouse's own paths in the application, such as {@code /auth}
   * @throws IllegalArgumentException if the address is not of this form
   */
  public void register(URI application, String path) {
    control.register(application, path);
  }

  /**
   * Logs a person in, as a browser does: opens a page of the application that needs a login,
   * presents the person's credential, and follows the redirects. From then on the client is that
   * person's browser.
   *
   * @param client an HTTP client with a cookie handler, such as {@code
   *     HttpClient.newBuilder().cookieHandler(new CookieManager()).build()}; the client may follow
   *     redirects or not
   * @param page a page that needs a login
   * @param person the name of one of the {@link VerifierStandIn#people()}
   * @return the last response of the login: the page, or the application's response to a person
   *     whom the Verifier refuses
   * @throws IllegalArgumentException if the client has no cookie handler, or no person has that
   *     name
   * @throws IllegalStateException if the page does not lead to the Verifier, or the Verifier
   *     refuses the application's request; the message gives the reason
   * @throws java.io.UncheckedIOException if the application does not answer
   */
  public HttpResponse<String> logIn(HttpClient client, URI page, String person) {
    return new LogIn(client).at(page, person);
  }

  /**
   * Returns the number of calls since the test began.
   *
   * @return a number for each kind of call; before the first test, since the stand-in started
   */
  public Counts counts() {
    return control.counts().since(before);
  }

  /**
   * Returns the requests that the stand-in refused since the test began, because they broke the
   * protocol.
   *
   * @return a sentence for each refusal, in the order of the requests; never a token, code or state
   */
  public List<String> refusals() {
    return strictness.unchecked(control.refusals());
  }

  /**
   * Expects that in this test the application sends a request that the Verifier refuses. Without
   * this call such a test fails; with it the test fails if no matching request is refused.
   *
   * @param rule a part of the refusal's text, such as {@code redirect_uri}
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

package io.gatehouse.it.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.it.servers.Browser;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A request object is readable for everyone, so it must not be accepted as a client assertion. */
@ExtendWith(Servers.Parameter.class)
class RequestObjectAsAssertionIT {
  private final Servers servers;

  RequestObjectAsAssertionIT(Servers servers) {
    this.servers = servers;
  }

  private HttpResponse<String> tokenRequest(String clientId, String assertion) {
    var form =
        "grant_type=authorization_code&code=invented&code_verifier="
            + "v".repeat(43)
            + "&redirect_uri="
            + encoded(servers.page(Servers.V3, "/gatehouse/callback").toString())
            + "&client_id="
            + encoded(clientId)
            + "&client_assertion_type="
            + encoded("urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
            + "&client_assertion="
            + encoded(assertion);
    var issuer = servers.verifierOf(Servers.V3).issuer();
    return new Browser().send("POST", URI.create(issuer + "/oidc/token"), form);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String parameter(URI location, String name) {
    return URLDecoder.decode(
        location.getRawQuery().replaceFirst("(?:.*&)?" + name + "=([^&]*).*", "$1"),
        StandardCharsets.UTF_8);
  }

  @Test
  @Tag("case-27")
  void isRefusedByTheServer() {
    var redirect = new Browser().get(servers.page(Servers.V3, "/account"));
    var location = Browser.location(redirect);
    var object = new Browser().get(URI.create(parameter(location, "request_uri"))).body();
    assertThat(object).contains(".");

    var answer = tokenRequest(parameter(location, "client_id"), object);

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body()).contains("invalid_client");
  }
}

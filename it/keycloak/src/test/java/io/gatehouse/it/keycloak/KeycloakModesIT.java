package io.gatehouse.it.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.it.servers.Browser;
import jakarta.json.Json;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The other request and response modes, each of which Keycloak is configured to require. */
@ExtendWith(Shop.Parameter.class)
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class KeycloakModesIT {
  private final Shop shop;
  private final Realm realm;

  KeycloakModesIT(Shop shop) {
    this.shop = shop;
    this.realm = shop.realm();
  }

  private URI redirect(String client) {
    return Browser.location(new Browser().get(shop.page(client, "/who")));
  }

  private static Map<String, String> query(URI address) {
    return Arrays.stream(address.getRawQuery().split("&", -1))
        .map(it -> it.split("=", 2))
        .collect(
            Collectors.toMap(it -> it[0], it -> URLDecoder.decode(it[1], StandardCharsets.UTF_8)));
  }

  @ParameterizedTest
  @ValueSource(strings = {Shop.PUSHED, Shop.VALUE, Shop.SIGNED_ANSWERS, Shop.ENCRYPTED, Shop.ALL})
  void logsInAndIsBackAtThePageFirstAskedFor(String client) {
    var customer = shop.newCustomer();
    var page = shop.page(client, "/who?note=%C3%B1%20a%2Bb");

    var back = customer.logIn(page);

    assertThat(back.uri()).isEqualTo(page);
    assertThat(back.statusCode()).isEqualTo(200);
    assertThat(back.body().lines()).startsWith("subject " + customer.account().id());
  }

  @Test
  void aPushedRequestLeavesNothingInTheAddressToReadOrToChange() {
    assertThat(query(redirect(Shop.PUSHED)))
        .containsOnlyKeys("client_id", "request_uri")
        .hasEntrySatisfying(
            "request_uri", it -> assertThat(it).startsWith("urn:ietf:params:oauth:request_uri:"));
  }

  /**
   * Sends a request that a client without a key could make, with all parameters that Keycloak could
   * require.
   */
  private HttpResponse<String> plainRequest(String client) {
    var callback = shop.page(client, "/gatehouse/callback").toString();
    return new Browser()
        .get(
            URI.create(
                "%s?client_id=%s&response_type=code&scope=openid&state=s&nonce=n&redirect_uri=%s"
                        .formatted(realm.authorizationEndpoint(), client, callback)
                    + "&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
                    + "&code_challenge_method=S256"));
  }

  @ParameterizedTest
  @ValueSource(strings = {Shop.PUSHED, Shop.VALUE})
  void keycloakRefusesAPlainRequest(String client) {
    KeycloakPolicyIT.assertRefused(plainRequest(client));
  }

  @ParameterizedTest
  @ValueSource(strings = {Shop.SIGNED_ANSWERS, Shop.ALL})
  @Tag("case-95")
  void theAnswerIsASignedOneAndNothingElse(String client) {
    var customer = shop.newCustomer();

    var back = customer.enterPassword(customer.browser().open(shop.page(client, "/who")));

    var answer = query(Browser.location(back));
    assertThat(answer).containsOnlyKeys("response");
    assertThat(answer.get("response")).matches("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+){2}");
  }

  @ParameterizedTest
  @ValueSource(strings = {Shop.ENCRYPTED, Shop.ALL})
  void aLogOutThatKeycloakTellsOfEndsTheSession(String client) {
    var customer = shop.newCustomer();
    var page = shop.page(client, "/who");
    customer.logIn(page);
    assertThat(customer.isLoggedIn(page, realm)).isTrue();

    realm.logOut(customer.account());

    assertThat(customer.isLoggedIn(page, realm)).isFalse();
  }

  @Test
  @Tag("case-98")
  void anIdTokenThatKeycloakDoesNotEncryptAnyMoreIsRefused() {
    var page = shop.page(Shop.ENCRYPTED, "/who");
    setEncryption("");
    try {
      assertThat(shop.newCustomer().logIn(page).statusCode()).isEqualTo(502);
    } finally {
      setEncryption("ECDH-ES+A256KW");
    }
    assertThat(shop.newCustomer().logIn(page).statusCode()).isEqualTo(200);
  }

  // The admin API drops an attribute that is empty, and keeps one that is left out.
  private void setEncryption(String alg) {
    realm.changeClient(
        Shop.ENCRYPTED,
        Json.createObjectBuilder()
            .add(
                "attributes",
                Json.createObjectBuilder().add("id.token.encrypted.response.alg", alg))
            .build());
  }
}

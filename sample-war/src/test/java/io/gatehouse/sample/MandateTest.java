package io.gatehouse.sample;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MandateTest {
  private static final String CREDENTIAL =
      """
      {"credentialSubject": {"mandate": {
        "mandator": {"organization": "Acme", "organizationIdentifier": "VATES-1", "country": "ES"},
        "power": [
          {"type": "domain", "domain": "DOME", "function": "Onboarding", "action": "Execute"},
          {"type": "domain", "domain": "DOME", "function": "Offering", "action": ["Create", "Update"]}
        ]}}}
      """;

  @Test
  void readsMandatorAndPowersFromACredentialObject() {
    var mandate = Mandate.of(jwt("{\"vc\": " + CREDENTIAL + "}"));

    assertThat(mandate.mandator()).contains(new Mandator("Acme", "VATES-1"));
    assertThat(mandate.powers())
        .containsExactly(
            new Power("domain", "DOME", "Onboarding", "Execute"),
            new Power("domain", "DOME", "Offering", "Create, Update"));
  }

  @Test
  void readsTheSameFromACredentialThatIsAStringOfJson() {
    var asString = Json.createObjectBuilder().add("vc", CREDENTIAL).build().toString();

    assertThat(Mandate.of(jwt(asString)))
        .isEqualTo(Mandate.of(jwt("{\"vc\": " + CREDENTIAL + "}")));
  }

  @Test
  void readsTheNamesOfOlderCredentials() {
    var older = CREDENTIAL.replaceAll("\"(type|domain|function|action)\":", "\"tmf_$1\":");

    assertThat(Mandate.of(jwt("{\"vc\": " + older + "}")).powers())
        .contains(new Power("domain", "DOME", "Onboarding", "Execute"));
  }

  @Test
  void namesAMandatorWithoutOrganizationByItsCommonName() {
    var unnamed = CREDENTIAL.replace("\"organization\"", "\"commonName\"");

    assertThat(Mandate.of(jwt("{\"vc\": " + unnamed + "}")).mandator())
        .contains(new Mandator("Acme", "VATES-1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "no json",
        "{\"vc\": null}",
        "{\"vc\": \"no json\"}",
        "{\"vc\": []}",
        "{\"vc\": {\"credentialSubject\": 1}}",
        "{\"vc\": {\"credentialSubject\": {\"mandate\": {\"mandator\": \"me\"}}}}",
        "{\"vc\": {\"credentialSubject\": {\"mandate\": {\"power\": null}}}}",
        "{\"vc\": {\"credentialSubject\": {\"mandate\": {\"power\": [1, null, []]}}}}",
      })
  void isEmptyWhenThereIsNoMandate(String claims) {
    var mandate = Mandate.of(jwt(claims));

    assertThat(mandate.mandator()).isEmpty();
    assertThat(mandate.powers()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "opaque", "a.b", "a.!!.c", "a.b.c.d"})
  void isEmptyForAnAccessTokenThatIsNoJwt(String accessToken) {
    assertThat(Mandate.of(accessToken).powers()).isEmpty();
  }

  private static String jwt(String claims) {
    var payload = claims.getBytes(StandardCharsets.UTF_8);
    return "e30." + Base64.getUrlEncoder().withoutPadding().encodeToString(payload) + ".c2ln";
  }
}

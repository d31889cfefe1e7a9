package io.gatehouse.standin.endpoint;

import io.gatehouse.standin.config.Person;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/** A person's LEARCredentialEmployee, in the format of the token's {@code vc}. */
final class Credential {

  private static final Map<String, Object> MANDATOR =
      Map.of(
          "organizationIdentifier", "VATXX-00000000",
          "organization", "Example Company",
          "commonName", "Example Representative",
          "email", "representative@example.com",
          "serialNumber", "XX-00000000",
          "country", "XX");

  private Credential() {}

  static Map<String, Object> of(Person person) {
    var day = Instant.now().truncatedTo(ChronoUnit.DAYS);
    return Map.of(
        "@context",
            List.of(
                "https://www.w3.org/ns/credentials/v2",
                "https://credentials.example/learcredentialemployee/v2"),
        "id", "urn:example:credential:" + person.id(),
        "type", List.of("LEARCredentialEmployee", "VerifiableCredential"),
        "issuer", Map.of("id", "did:elsi:VATXX-00000000", "organization", "Example Company"),
        "validFrom", day.toString(),
        "validUntil", day.plus(365, ChronoUnit.DAYS).toString(),
        "credentialSubject", Map.of("mandate", mandate(person)));
  }

  private static Map<String, Object> mandate(Person person) {
    return Map.of(
        "id",
        "urn:example:mandate:" + person.id(),
        "mandatee",
        Map.of(
            "id", person.did(),
            "firstName", person.givenName(),
            "lastName", person.familyName(),
            "email", person.email()),
        "mandator",
        MANDATOR,
        "power",
        person.powers());
  }
}

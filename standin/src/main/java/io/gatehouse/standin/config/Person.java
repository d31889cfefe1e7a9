package io.gatehouse.standin.config;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One of the people in the wallet, all invented.
 *
 * @param id value of the button on the wallet page
 * @param role text of the button
 * @param did {@code sub} of the tokens
 * @param powers the powers in the format of the credential's mandate
 * @param credentialIsRevoked whether the Verifier refuses the person
 */
public record Person(
    String id,
    String role,
    String givenName,
    String familyName,
    String did,
    List<Map<String, Object>> powers,
    boolean credentialIsRevoked) {

  public static final Person PRODUCT_MANAGER =
      new Person(
          "product-manager",
          "Product manager",
          "Alex",
          "Example",
          "did:key:zDnaerGBD7Zxzau2fdfEFaaaTDYBu5XEBYdGV2BmERp3MDSov",
          List.of(
              power("ProductOffering", List.of("Create", "Update")),
              power("Certification", List.of("Upload", "Attest")),
              // Real credentials write a single action in either form.
              power("Onboarding", "Execute")),
          false);

  public static final Person AUDITOR =
      new Person(
          "auditor",
          "Auditor",
          "Robin",
          "Sample",
          "did:key:zDnaeucDGfhXHoJVqot3p21RuupNJ2fZrs8Lb1GV83VnSo2jR",
          List.of(power("ProductOffering", List.of("Read")), power("Audit", "Read")),
          false);

  public static final Person REVOKED =
      new Person(
          "revoked",
          "Revoked credential",
          "Kim",
          "Specimen",
          "did:key:zDnaeTHxNEBZoKaEo6PdA83fq98ebiFvo3X273Ydu4YmV96rg",
          List.of(),
          true);

  public String fullName() {
    return givenName + " " + familyName;
  }

  public String email() {
    return givenName.toLowerCase(Locale.ROOT) + "@example.com";
  }

  static Map<String, Object> power(String function, Object action) {
    return Map.of("type", "domain", "domain", "DOME", "function", function, "action", action);
  }
}

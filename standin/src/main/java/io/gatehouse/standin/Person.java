package io.gatehouse.standin;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The people in the wallet, all invented. */
enum Person {
  PRODUCT_MANAGER(
      "product-manager",
      "Product manager",
      "Alex",
      "Example",
      "did:key:zDnaerGBD7Zxzau2fdfEFaaaTDYBu5XEBYdGV2BmERp3MDSov"),
  AUDITOR(
      "auditor",
      "Auditor",
      "Robin",
      "Sample",
      "did:key:zDnaeucDGfhXHoJVqot3p21RuupNJ2fZrs8Lb1GV83VnSo2jR"),
  REVOKED(
      "revoked",
      "Revoked credential",
      "Kim",
      "Specimen",
      "did:key:zDnaeTHxNEBZoKaEo6PdA83fq98ebiFvo3X273Ydu4YmV96rg");

  private final String id;
  private final String role;
  private final String givenName;
  private final String familyName;
  private final String did;

  Person(String id, String role, String givenName, String familyName, String did) {
    this.id = id;
    this.role = role;
    this.givenName = givenName;
    this.familyName = familyName;
    this.did = did;
  }

  static Optional<Person> find(String id) {
    return Arrays.stream(values()).filter(person -> person.id.equals(id)).findAny();
  }

  String id() {
    return id;
  }

  String role() {
    return role;
  }

  String did() {
    return did;
  }

  String givenName() {
    return givenName;
  }

  String familyName() {
    return familyName;
  }

  String fullName() {
    return givenName + " " + familyName;
  }

  String email() {
    return givenName.toLowerCase(Locale.ROOT) + "@example.com";
  }

  boolean credentialIsRevoked() {
    return this == REVOKED;
  }

  List<Map<String, Object>> powers() {
    return switch (this) {
      case PRODUCT_MANAGER ->
          List.of(
              power("ProductOffering", List.of("Create", "Update")),
              power("Certification", List.of("Upload", "Attest")),
              // The real credentials write a single action either way.
              power("Onboarding", "Execute"));
      case AUDITOR -> List.of(power("ProductOffering", List.of("Read")), power("Audit", "Read"));
      case REVOKED -> List.of();
    };
  }

  private static Map<String, Object> power(String function, Object action) {
    return Map.of("type", "domain", "domain", "DOME", "function", function, "action", action);
  }
}

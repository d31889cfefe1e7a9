package io.gatehouse.internal.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.AuthenticatedUser;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerifiedUserTest {
  private static final String ISS_AND_SUB = "\"iss\":\"https://op.example\",\"sub\":\"user-1\"";

  private static AuthenticatedUser user(String... members) {
    var more = members.length == 0 ? "" : "," + String.join(",", members);
    return new VerifiedUser("{" + ISS_AND_SUB + more + "}", Set.of());
  }

  private static Object claim(String value) {
    return user("\"c\":" + value).claims().getOrDefault("c", "(none)");
  }

  @Test
  void isNamedByTheSubject() {
    var user = user();
    assertThat(user.getName()).isEqualTo("user-1");
    assertThat(user.subject()).isEqualTo("user-1");
    assertThat(user.getSubject()).isEqualTo("user-1");
    assertThat(user.issuer()).isEqualTo("https://op.example");
  }

  @ParameterizedTest
  @CsvSource({
    "Ada, ada, ada@x, Ada",
    "'', ada, ada@x, ada",
    "' ', '', ada@x, ada@x",
    "'', '', '', user-1"
  })
  void isGreetedByNameThenPreferredUsernameThenEmailThenSub(
      String name, String username, String email, String expected) {
    var user =
        user(
            "\"name\":\"" + name + "\"",
            "\"preferred_username\":\"" + username + "\"",
            "\"email\":\"" + email + "\"");
    assertThat(user.displayName()).isEqualTo(expected);
    assertThat(user.getDisplayName()).isEqualTo(expected);
  }

  @Test
  void isGreetedByTheSubjectIfTheServerSendsNoName() {
    assertThat(user().displayName()).isEqualTo("user-1");
    assertThat(user("\"name\":1", "\"email\":null").displayName()).isEqualTo("user-1");
  }

  @Test
  void equalsTheUserOfTheSameIssuerAndSubject() {
    assertThat(user("\"name\":\"Ada\"")).isEqualTo(user()).hasSameHashCodeAs(user());
    assertThat(user())
        .isNotEqualTo(
            new VerifiedUser("{\"iss\":\"https://op.example\",\"sub\":\"user-2\"}", Set.of()))
        .isNotEqualTo(
            new VerifiedUser("{\"iss\":\"https://op2.example\",\"sub\":\"user-1\"}", Set.of()))
        .isNotEqualTo("user-1");
  }

  @Test
  @Tag("case-89")
  void printsTheSubjectOnly() {
    assertThat(user("\"email\":\"canary\"")).hasToString("AuthenticatedUser[user-1]");
  }

  @Test
  void givesClaimsAsPlainJavaValues() {
    var user =
        user(
            "\"a\":\"text\"",
            "\"b\":true",
            "\"c\":[1,\"x\",null,{\"d\":2}]",
            "\"e\":{\"f\":false}",
            "\"g\":null");
    assertThat(user.claims())
        .containsOnly(
            Map.entry("iss", "https://op.example"),
            Map.entry("sub", "user-1"),
            Map.entry("a", "text"),
            Map.entry("b", true),
            Map.entry("c", List.of(1L, "x", Map.of("d", 2L))),
            Map.entry("e", Map.of("f", false)));
    assertThat(user.getClaims()).isEqualTo(user.claims());
  }

  @Test
  void letsNobodyChangeTheClaims() {
    var claims = user("\"a\":[1]", "\"b\":{\"c\":1}").claims();
    assertThatThrownBy(() -> claims.put("sub", "another"))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> claims.remove("sub"))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThat(claims.get("a"))
        .isInstanceOfSatisfying(
            List.class,
            it -> assertThatThrownBy(it::clear).isInstanceOf(UnsupportedOperationException.class));
    assertThat(claims.get("b"))
        .isInstanceOfSatisfying(
            Map.class,
            it -> assertThatThrownBy(it::clear).isInstanceOf(UnsupportedOperationException.class));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "999999999999999999", "-999999999999999999"})
  void givesAnIntegerOfUpTo18DigitsAsLong(String number) {
    assertThat(claim(number)).isEqualTo(Long.valueOf(number));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"9223372036854775808", "1.5", "1e300", "1e999999999", "-1e-999999999", "0.0"})
  @Tag("case-55")
  void givesAnyOtherNumberAsBigDecimal(String number) {
    assertThat(claim(number)).isEqualTo(new BigDecimal(number));
  }

  @Test
  @Tag("case-55")
  void aSubjectThatIsNoStringIsNoSubject() {
    var user = new VerifiedUser("{\"iss\":1,\"sub\":[\"user-1\"]}", Set.of());
    assertThat(user.subject()).isEmpty();
    assertThat(user.issuer()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "null", "{\"canary\":", "canary"})
  @Tag("case-89")
  void refusesClaimsThatAreNoJsonObjectAndQuotesNothing(String claims) {
    assertThatThrownBy(() -> new VerifiedUser(claims, Set.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the claims are not one JSON object")
        .hasNoCause();
  }
}

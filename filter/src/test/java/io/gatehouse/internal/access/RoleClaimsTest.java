package io.gatehouse.internal.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoleClaimsTest {
  private static Set<String> roles(String path, String claims) {
    return new ClaimPath(path).in(ClaimsJson.parse(claims)).map(RoleClaims::names).orElse(Set.of());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "groups; {\"groups\":[\"a\",\"b c\"]}; a,b c",
        "groups; {\"groups\":\"a\"}; a",
        "realm_access/roles; {\"realm_access\":{\"roles\":[\"a\"]}}; a",
        "https:~1~1x.example~1roles; {\"https://x.example/roles\":[\"a\"]}; a",
        "a~0b; {\"a~b\":[\"a\"]}; a",
        "groups; {\"groups\":[\"a\",1,true,null,[\"b\"],{\"c\":\"d\"}]}; a",
      })
  void areTextsAtAPathOfTheClaims(String path, String claims, String expected) {
    assertThat(roles(path, claims)).containsExactlyInAnyOrder(expected.split(",", -1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"realm_access\":{}}",
        "{\"realm_access\":\"roles\"}",
        "{\"realm_access\":[{\"roles\":[\"a\"]}]}",
        "{\"realm_access\":{\"roles\":{}}}",
        "{\"realm_access\":{\"roles\":7}}",
        "{\"realm_access\":{\"roles\":[\"\"]}}",
        "{\"realm_access\":{\"roles\":[\"with\\nline break\"]}}",
        "{\"realm_access/roles\":[\"a\"]}",
      })
  void areNoneWhereTheClaimsHaveNone(String claims) {
    assertThat(roles("realm_access/roles", claims)).isEmpty();
  }

  private static final String POWERS = "vc/credentialSubject/mandate/power";

  private static String credential(String power) {
    return "{\"credentialSubject\":{\"mandate\":{\"power\":" + power + "}}}";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "[{\"type\":\"Domain\",\"domain\":[\"DOME\"],\"function\":\"ProductOffering\",\"action\":[\"Create\",\"Update\"]}]; ProductOffering:Create,ProductOffering:Update",
        "[{\"function\":\"Onboarding\",\"action\":\"Execute\"}]; Onboarding:Execute",
        "[{\"tmf_type\":\"Domain\",\"tmf_function\":\"Certification\",\"tmf_action\":[\"Upload\"]}]; Certification:Upload",
        "[{\"tmf_function\":\"Onboarding\",\"tmf_action\":\"Execute\"},{\"function\":\"A\",\"action\":[\"B\"]}]; Onboarding:Execute,A:B",
        "{\"function\":\"A\",\"action\":\"B\"}; A:B",
      })
  void arePowersOfACredentialThatIsAnObjectOrAText(String power, String expected) {
    var names = expected.split(",", -1);
    var vc = credential(power);
    assertThat(roles(POWERS, "{\"vc\":" + vc + "}")).containsExactlyInAnyOrder(names);
    var text = "\"" + vc.replace("\"", "\\\"") + "\"";
    assertThat(roles(POWERS, "{\"vc\":" + text + "}")).containsExactlyInAnyOrder(names);
  }

  @Tag("case-123")
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "[{'function':'A','tmf_function':'A','action':'B'}]; A:B",
        "[{'function':'A','tmf_function':null,'action':'B'}]; A:B",
        "[{'function':'A','tmf_function':'C','action':'B'}]; ''",
        "[{'function':'A','action':'B','tmf_action':'D'}]; ''",
        "[{'function':'A','action':['B'],'tmf_action':['B','D']}]; ''",
        "[{'function':'A','tmf_function':'C','action':'B'},{'function':'E','action':'F'}]; E:F",
      })
  void areNoneInAPowerWhoseOldAndNewNamesDiffer(String power, String expected) {
    var vc = credential(power.replace('\'', '"'));
    assertThat(roles(POWERS, "{\"vc\":" + vc + "}"))
        .isEqualTo(expected.isEmpty() ? Set.of() : Set.of(expected));
  }

  @Tag("case-123")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'credentialSubject':{'mandate':{'power':[A],'power':[B]}}}",
        "{'credentialSubject':{'mandate':{'power':[A]},'mandate':{'power':[B]}}}",
        "{'other':1,'credentialSubject':{'mandate':{'power':[A]}},'other':2}",
        "{'credentialSubject':{'mandate':{'power':[{'function':'A','action':'B','action':'C'}]}}}",
      })
  void areNoneInATextWithAMemberTwice(String text) {
    var vc =
        text.replace("[A]", "[{'function':'A','action':'B'}]")
            .replace("[B]", "[{'function':'C','action':'D'}]")
            .replace("'", "\\\"");
    assertThat(roles(POWERS, "{\"vc\":\"" + vc + "\"}")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{\"function\":\"A\"}]",
        "[{\"action\":\"B\"}]",
        "[{\"function\":1,\"action\":\"B\"}]",
        "[{\"function\":\"A\",\"action\":[]}]",
        "[{\"function\":\"A\",\"action\":[1,{}]}]",
        "[{\"function\":[\"A\"],\"action\":\"B\"}]",
        "[[{\"function\":\"A\",\"action\":\"B\"}]]",
        "[]",
        "null",
      })
  void areNoneInAPowerThatIsNotWhole(String power) {
    assertThat(roles(POWERS, "{\"vc\":" + credential(power) + "}")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"{\"", "\"{} {}\"", "\"[]\"", "\"{\\\"credentialSubject\\\":1}\"", "7"})
  void areNoneInACredentialThatIsNoJsonObject(String vc) {
    assertThat(roles(POWERS, "{\"vc\":" + vc + "}")).isEmpty();
  }

  @Test
  void haveTheApplicationsOwnNamesBesides() {
    var claims =
        new RoleClaims(
            List.of(),
            Map.of("editor", Set.of("Offer:Create", "Offer:Update"), "boss", Set.of("x")));
    assertThat(claims.withLinks(Set.of("Offer:Update", "y")))
        .containsExactlyInAnyOrder("Offer:Update", "y", "editor");
    assertThat(claims.withLinks(Set.of("editor2"))).containsExactly("editor2");
    assertThat(claims.withLinks(Set.of())).isEmpty();
  }
}

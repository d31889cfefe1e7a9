package io.gatehouse.internal.config;

import static io.gatehouse.internal.config.ValidConfiguration.RFC_7515_A_3;
import static io.gatehouse.internal.config.ValidConfiguration.ofOidc;
import static io.gatehouse.internal.config.ValidConfiguration.ofVerifier;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A value that is damaged on its way into the configuration is named as such. */
@Tag("case-77")
class DamagedValueTest {
  @TempDir private Path folder = Path.of("");

  private static void assertFault(String faults, String code, Property property) {
    assertThat(faults)
        .contains("1 fault in", code + " " + property.fullName())
        .doesNotContain("canary");
  }

  private static Stream<Arguments> quoted() {
    return Stream.of(Property.values())
        .flatMap(it -> Stream.of("\"canary\"", "'canary'").map(value -> Arguments.of(it, value)));
  }

  @ParameterizedTest
  @MethodSource("quoted")
  void aValueInQuotationMarksIsNoValue(Property property, String value) {
    assertThat(ofOidc().with(property, value).faults().orElse(""))
        .contains("GH112 " + property.fullName() + " is in quotation marks")
        .doesNotContain("canary");
  }

  @Test
  void quotationMarksWithinAValueAreItsOwn() {
    var secret = "\"canary\" and thirty-two bytes, or more: \"x\"";
    assertThat(ofOidc().with(Property.CLIENT_SECRET, secret).faults()).isEmpty();
  }

  private static String faultsOfExpression(Property property, String value) {
    var named = new LinkedHashMap<String, String>();
    ofOidc()
        .with(property, value)
        .initParameters()
        .forEach((name, it) -> named.put("gatehouse." + name, it));
    var config =
        new SmallRyeConfigBuilder()
            .addDefaultInterceptors()
            .withSources(new PropertiesConfigSource(named, "test", 100))
            .build();
    return ValidConfiguration.faults(config, Map.of()).orElse("");
  }

  @ParameterizedTest
  @EnumSource(Property.class)
  void anExpressionWithoutAValueIsAFault(Property property) {
    assertThat(faultsOfExpression(property, "${CANARY_THAT_IS_NOT_SET}"))
        .contains("GH113 " + property.fullName() + " contains an expression")
        .doesNotContain("CANARY")
        .doesNotContain(property.fullName() + " is missing. ");
  }

  @Test
  void anExpressionWithADefaultIsItsDefault() {
    assertThat(faultsOfExpression(Property.CLIENT_ID, "${CANARY_THAT_IS_NOT_SET:shop}")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "https://auth_server.canary.example, GH114",
    "https://canary.müller.example/realms/x, GH114",
    "https://canary example.org, GH114",
    "HTTPS://canary.example, GH115",
    "Https://canary.example/, GH115",
    "canary.example, GH102",
    "ftp://canary.example, GH102",
    "https://canary.example?x=1, GH102",
    "https://user_canary@verifier.example, GH102"
  })
  void anAddressIsToldWhatIsWrongWithIt(String value, String code) {
    assertFault(ofOidc().with(Property.ISSUER, value).faults().orElse(""), code, Property.ISSUER);
  }

  private static Stream<Arguments> encodings() {
    return Stream.of(
        Arguments.of("UTF-8 with a mark", bytes("\uFEFF", UTF_8)),
        Arguments.of("UTF-16BE with a mark", bytes("\uFEFF", UTF_16BE)),
        Arguments.of("UTF-16LE with a mark", bytes("\uFEFF", UTF_16LE)),
        Arguments.of("UTF-16BE", bytes("", UTF_16BE)),
        Arguments.of("UTF-16LE", bytes("", UTF_16LE)));
  }

  private static Encoder bytes(String mark, Charset charset) {
    return text -> (mark + text).getBytes(charset);
  }

  private interface Encoder {
    byte[] encode(String text);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("encodings")
  void aKeyOrSecretInAnotherEncodingIsAFault(String what, Encoder encoder) throws IOException {
    var key = Files.write(folder.resolve("key"), encoder.encode(RFC_7515_A_3));
    assertFault(
        ofVerifier().with(Property.SIGNING_KEY, "file:" + key).faults().orElse(""),
        "GH235",
        Property.SIGNING_KEY);
    var secret =
        Files.write(folder.resolve("secret"), encoder.encode(ValidConfiguration.CLIENT_SECRET));
    assertFault(
        ofOidc().with(Property.CLIENT_SECRET, "file:" + secret).faults().orElse(""),
        "GH235",
        Property.CLIENT_SECRET);
  }

  @ParameterizedTest
  @CsvSource({"file:", "file://"})
  void aPathWithSpacesIsAPath(String scheme) throws IOException {
    var file = Files.writeString(folder.resolve("my key"), RFC_7515_A_3);
    assertThat(ofVerifier().with(Property.SIGNING_KEY, scheme + file).faults()).isEmpty();
  }
}

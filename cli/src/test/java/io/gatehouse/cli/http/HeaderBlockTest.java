package io.gatehouse.cli.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderBlockTest {
  private static final HexFormat HEX = HexFormat.of();

  @ParameterizedTest(name = "RFC 7541 {0}: {2}")
  @CsvSource({
    "C.5.1, 4803333032580770726976617465, 302",
    "C.5.2, 4803333037c1c0bf, 307",
    "C.5.3, 88c1611d4d6f6e, 200",
    "C.6.1, 488264025885aec3771a4b, 302",
    "C.6.2, 4883640effc1c0bf, 307"
  })
  void readsTheStatusOfTheExamplesOfTheSpecification(String section, String block, int status) {
    assertThat(HeaderBlock.status(HEX.parseHex(block))).hasValue(status);
  }

  @ParameterizedTest(name = "{2}: {1}")
  @CsvSource({
    "88, 200, indexed 8",
    "89, 204, indexed 9",
    "8a, 206, indexed 10",
    "8b, 304, indexed 11",
    "8c, 400, indexed 12",
    "8d, 404, indexed 13",
    "8e, 500, indexed 14",
    "0803343031, 401, literal without indexing",
    "1803343031, 401, literal that is never indexed",
    "4e03343031, 401, literal with the name of index 14",
    "0e03343031, 401, literal without indexing with the name of index 14",
    "00073a73746174757303343031, 401, literal with its name",
    "3fe11f88, 200, after a size of the dynamic table",
    "2088, 200, after a size of the dynamic table of 0"
  })
  void readsTheStatusInEachForm(String block, int status, String form) {
    assertThat(HeaderBlock.status(HEX.parseHex(block))).hasValue(status);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "48",
        "4803",
        "480334",
        "8f",
        "87",
        "80",
        "bf",
        "4703343031",
        "4f03343031",
        "ffffffffff7f",
        "48ffffffff7f",
        "4882ff",
        "4803343078",
        "4802343031",
        "4800",
        "3f",
        "00013a03343031",
        "4803303031",
        "48826403"
      })
  void readsNoStatusFromWhatIsNone(String block) {
    assertThat(HeaderBlock.status(HEX.parseHex(block))).isEmpty();
  }

  @Test
  void endsWithAValueOrWithoutForAnyBytes() {
    var random = new Random(7541);
    for (int i = 0; i < 20_000; i++) {
      var block = new byte[random.nextInt(12)];
      random.nextBytes(block);

      assertThatCode(() -> HeaderBlock.status(block))
          .as(HEX.formatHex(block))
          .doesNotThrowAnyException();
    }
  }

  @Test
  void writesHeadersAsTheLiteralsOfSection6_2_2() {
    assertThat(HEX.formatHex(HeaderBlock.of(List.of(":path", "/sample/path", "a", "b"))))
        .isEqualTo("00053a706174680c2f73616d706c652f70617468" + "000161" + "0162");
  }

  @Test
  void writesLongLengthsAsSection5_1Has() {
    assertThat(HEX.formatHex(HeaderBlock.of(List.of("a", "x".repeat(127)))))
        .startsWith("0001617f0078");
    assertThat(HEX.formatHex(HeaderBlock.of(List.of("a", "x".repeat(1337)))))
        .startsWith("0001617fba0978");
    assertThat(HEX.formatHex(HeaderBlock.of(List.of("a", "x".repeat(126)))))
        .startsWith("0001617e78");
  }
}

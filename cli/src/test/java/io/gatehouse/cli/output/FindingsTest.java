package io.gatehouse.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FindingsTest {
  private final Findings findings = new Findings();

  @Test
  void hasALineForEachAndItsMendBelowIt() {
    findings.ok("gatehouse.scope", "the server has each");
    findings.warn("gatehouse.clock-skew", "the clocks are apart", "Set both by NTP");
    findings.fail("gatehouse.issuer", "nobody answers", "Start the server");

    assertThat(findings.toText(false))
        .isEqualTo(
            """
            ok    gatehouse.scope: the server has each
            warn  gatehouse.clock-skew: the clocks are apart
                  -> Set both by NTP
            fail  gatehouse.issuer: nobody answers
                  -> Start the server
            1 ok, 1 warn, 1 fail
            """);
    assertThat(findings.haveFailed()).isTrue();
  }

  @Test
  void isColouredForATerminalOnly() {
    findings.ok("gatehouse.scope", "the server has each");

    assertThat(findings.toText(true)).contains("\u001b[32mok");
    assertThat(findings.toText(false)).doesNotContain("\u001b");
    assertThat(findings.toJson()).doesNotContain("\u001b");
  }

  @Test
  void letsNoServerSteerTheTerminalOrForgeALine() {
    findings.fail("gatehouse.issuer", "names \u001b[2J\u202e\nok    all is well", "@|red x|@");

    assertThat(findings.toText(true).lines()).hasSize(3);
    assertThat(findings.toText(true)).doesNotContain("\u001b[2J").contains("@|red x|@");
  }

  @Test
  void showsNoMoreOfAServersTextThanAPersonReads() {
    findings.fail("gatehouse.issuer", "x".repeat(100_000), "");

    assertThat(findings.toText(false)).hasSizeLessThan(1_000);
  }

  @Test
  void aWarningIsNoFailure() {
    findings.warn("gatehouse.clock-skew", "the clocks are apart", "");

    assertThat(findings.haveFailed()).isFalse();
  }
}

package io.gatehouse.cli.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class Http2FrameTest {
  private static final HexFormat HEX = HexFormat.of();

  private static Http2Frame frame(String hex) {
    return Http2Frame.first(HEX.parseHex(hex));
  }

  @Test
  void hasNineBytesBeforeItsPayload() {
    var frame = new Http2Frame(Http2Frame.HEADERS, Http2Frame.END_HEADERS, 1, (byte) 0x88);

    assertThat(HEX.formatHex(frame.toBytes()))
        .isEqualTo("000001" + "01" + "04" + "00000001" + "88");
  }

  @Test
  void isReadAsItWasWritten() throws IOException {
    var bytes = new Http2Frame(Http2Frame.SETTINGS, 0, 0, HEX.parseHex("000800000001")).toBytes();

    assertThat(Http2Frame.isWhole(bytes)).isTrue();
    assertThat(Http2Frame.isWhole(Arrays.copyOf(bytes, bytes.length - 1))).isFalse();
    assertThat(Http2Frame.first(bytes).toBytes()).isEqualTo(bytes);
  }

  @Test
  void isNoFrameWithMoreThanWeAskedFor() throws IOException {
    assertThat(Http2Frame.isWhole(HEX.parseHex("004000000000000000"))).isFalse();
    assertThatThrownBy(() -> Http2Frame.isWhole(HEX.parseHex("004001000000000000")))
        .isInstanceOf(IOException.class);
  }

  @Test
  void hasTheValueOfASetting() {
    var settings =
        frame("000012" + "0400" + "00000000" + "000300000064" + "000800000001" + "000400001000");

    assertThat(settings.setting(8)).isEqualTo(1);
    assertThat(settings.setting(3)).isEqualTo(100);
    assertThat(settings.setting(9)).isZero();
    assertThat(frame("000003" + "0400" + "00000000" + "000800").setting(8)).isZero();
  }

  @Test
  void leavesPaddingAndPriorityOutOfTheHeaderBlock() throws IOException {
    assertThat(frame("000001" + "0104" + "00000001" + "88").headerBlock()).containsExactly(0x88);
    assertThat(frame("000004" + "010c" + "00000001" + "02880000").headerBlock())
        .containsExactly(0x88);
    assertThat(frame("000006" + "0124" + "00000001" + "000000000588").headerBlock())
        .containsExactly(0x88);
    assertThatThrownBy(() -> frame("000002" + "010c" + "00000001" + "0588").headerBlock())
        .isInstanceOf(IOException.class);
  }

  @Test
  void tellsByGoAwayWhichStreamsHaveNoAnswer() {
    var none = frame("000008" + "0700" + "00000000" + "00000000" + "00000000");
    var first = frame("000008" + "0700" + "00000000" + "00000001" + "00000000");

    assertThat(none.endsBefore(1)).isTrue();
    assertThat(first.endsBefore(1)).isFalse();
  }
}

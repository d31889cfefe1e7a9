package io.gatehouse.cli.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.cli.http.Http2Exchange.Outcome;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that writes its frames before it reads, which the client has to put up with. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class Http2ExchangeTest {
  private static final String SETTINGS = "000000" + "0400" + "00000000";
  private static final String OFFER = "000006" + "0400" + "00000000" + "000800000001";
  private static final String ACK = "000000" + "0401" + "00000000";
  private static final String OK = "000001" + "0104" + "00000001" + "88";
  private static final String LOGIN = "000005" + "0105" + "00000001" + "0803343031";

  private static ScriptedServer server(String... frames) {
    return ScriptedServer.writing(HexFormat.of().parseHex(String.join("", frames)));
  }

  private static Http2Exchange.Result get(String... frames) throws UnreachableException {
    try (var server = server(frames)) {
      return new Http2Exchange(server.url(), ScriptedServer.DEADLINE).get("/shop/page");
    }
  }

  private static Http2Exchange.Result connect(String... frames) throws UnreachableException {
    try (var server = server(frames)) {
      return new Http2Exchange(server.url(), ScriptedServer.DEADLINE).connect("/shop/ws");
    }
  }

  @Test
  void readsTheStatusOfAnAnswer() throws UnreachableException {
    assertThat(get(SETTINGS, ACK, OK).status()).isEqualTo(200);
    assertThat(get(SETTINGS, ACK, LOGIN).status()).isEqualTo(401);
    assertThat(get(SETTINGS, LOGIN).outcome()).isEqualTo(Outcome.ANSWERED);
  }

  @Test
  void readsTheStatusAfterOtherFramesAndInParts() throws UnreachableException {
    var ping = "000008" + "0600" + "00000000" + "0102030405060708";
    var interim = "000005" + "0104" + "00000001" + "0803313033";
    var begin = "000002" + "0100" + "00000001" + "0803";
    var rest = "000003" + "0904" + "00000001" + "343031";

    assertThat(get(SETTINGS, ping, interim, begin, rest).status()).isEqualTo(401);
  }

  @Test
  void asksForAWebSocketOnlyWhereItIsOffered() throws UnreachableException {
    assertThat(connect(OFFER, OK).status()).isEqualTo(200);
    assertThat(connect(OFFER, LOGIN).status()).isEqualTo(401);
    assertThat(connect(SETTINGS, OK).outcome()).isEqualTo(Outcome.NOT_OFFERED);
  }

  @Test
  void writesAnExtendedConnect() throws UnreachableException, InterruptedException {
    try (var server = server(OFFER, OK)) {
      new Http2Exchange(server.url(), ScriptedServer.DEADLINE).connect("/shop/ws");
      for (int i = 0; i < 100 && server.received().isEmpty(); i++) {
        TimeUnit.MILLISECONDS.sleep(20);
      }

      assertThat(server.received())
          .startsWith("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")
          .contains("\u0007:method\u0007CONNECT")
          .contains("\t:protocol\twebsocket")
          .contains("\u0005:path\b/shop/ws");
    }
  }

  @Test
  void tellsThatTheServerSpeaksNoHttp2() throws UnreachableException {
    try (var server = ScriptedServer.writing("HTTP/1.1 400 Bad Request\r\n\r\n")) {
      var result = new Http2Exchange(server.url(), ScriptedServer.DEADLINE).get("/shop/page");
      assertThat(result.outcome()).isEqualTo(Outcome.NOT_SPOKEN);
    }
    assertThat(get().outcome()).isEqualTo(Outcome.NOT_SPOKEN);
    assertThat(get("000008" + "0600" + "00000000" + "0102030405060708").outcome())
        .isEqualTo(Outcome.NOT_SPOKEN);
  }

  @Test
  void tellsThatTheRequestWasRefused() throws UnreachableException {
    var reset = "000004" + "0300" + "00000001" + "00000001";
    var goAway = "000008" + "0700" + "00000000" + "00000000" + "00000001";

    assertThat(get(SETTINGS, reset, OK).outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(get(SETTINGS, goAway, OK).outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(get(SETTINGS).outcome()).isEqualTo(Outcome.REFUSED);
  }

  @Test
  void readsNoMoreThan64KiB() throws UnreachableException {
    var ping = "000008" + "0600" + "00000000" + "0102030405060708";

    assertThat(get(SETTINGS, ping.repeat(6_000), LOGIN).outcome()).isEqualTo(Outcome.REFUSED);
  }

  @Test
  void tellsThatAnAnswerIsNone() {
    assertThatThrownBy(() -> get(SETTINGS, "000001" + "0104" + "00000001" + "90"))
        .hasMessageContaining("without a status");
    assertThatThrownBy(() -> get(SETTINGS, "ffffff" + "0104" + "00000001" + "90"))
        .hasMessageContaining("not HTTP/2");
  }
}

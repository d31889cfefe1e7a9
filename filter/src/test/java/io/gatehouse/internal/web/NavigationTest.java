package io.gatehouse.internal.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.filter.FakeRequest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that open a page, and requests that fetch data (Fetch Metadata Request Headers). */
@Tag("case-11")
class NavigationTest {
  private static FakeRequest request(String method, String headers) {
    var request = FakeRequest.of(method, "/");
    for (var header : headers.split("; ", -1)) {
      var parts = header.split(": ", 2);
      if (parts.length == 2) {
        request.header(parts[0], parts[1]);
      }
    }
    return request;
  }

  @ParameterizedTest
  @CsvSource({
    "GET, Sec-Fetch-Mode: navigate",
    "GET, Sec-Fetch-Mode: navigate; Accept: text/html",
    "GET, Sec-Fetch-Mode: navigate; Sec-Fetch-Dest: document",
    "GET, Accept: text/html; Upgrade: h2c",
    "GET, Accept: text/html; Upgrade: TLS/1.3, h2c",
    "GET, Accept: text/html; Upgrade: websocketish",
    "GET, Accept: text/html; Purpose: ''",
    "GET, Accept: text/html; X-Purpose: none",
    "GET, Accept: text/html; X-Moz: microsummary",
    "GET, 'Accept: text/html,application/xhtml+xml,*/*;q=0.8'",
    "GET, Accept: TEXT/HTML",
    "GET, Accept: text/html; Accept: application/json",
    "GET, 'Accept: application/json, text/html'",
    "GET, Accept: application/json; Accept: text/html",
    "GET, 'Accept: text/html;q=0.001'",
    "GET, 'Accept: text/html;level=1 ;q=1'",
    "GET, Accept: text/html; Sec-Fetch-Dest: document"
  })
  void aPersonOpensAPage(String method, String headers) {
    assertThat(Navigation.isOf(request(method, headers).http())).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "GET, ''",
    "POST, Sec-Fetch-Mode: navigate; Accept: text/html",
    "HEAD, Sec-Fetch-Mode: navigate; Accept: text/html",
    "OPTIONS, Accept: text/html",
    "PROPFIND, Accept: text/html",
    "get, Accept: text/html",
    "GET, Sec-Fetch-Mode: cors; Accept: text/html",
    "GET, Sec-Fetch-Mode: no-cors; Accept: text/html",
    "GET, Sec-Fetch-Mode: same-origin; Accept: text/html",
    "GET, Sec-Fetch-Mode: websocket; Accept: text/html",
    "GET, Sec-Fetch-Mode: Navigate",
    "GET, Accept: application/json",
    "GET, Accept: text/event-stream",
    "GET, Accept: */*",
    "GET, Accept: text/html; X-Requested-With: XMLHttpRequest",
    "GET, Accept: text/html; Upgrade: websocket",
    "GET, Accept: text/html; Upgrade: WebSocket",
    "GET, 'Accept: text/html; Upgrade: h2c, websocket/13'",
    "GET, Accept: text/html; Upgrade: h2c; Upgrade: websocket",
    "GET, Sec-Fetch-Mode: navigate; Sec-Purpose: prefetch",
    "GET, Sec-Fetch-Mode: navigate; Sec-Purpose: prefetch;prerender",
    "GET, Sec-Fetch-Mode: navigate; Purpose: prefetch",
    "GET, Accept: text/html; Purpose: preview",
    "GET, Accept: text/html; X-Purpose: preview",
    "GET, Accept: text/html; X-Purpose: Preview",
    "GET, Accept: text/html; X-Purpose: instant",
    "GET, Accept: text/html; X-Moz: prefetch",
    "GET, Accept: text/html; Sec-Purpose: prefetch;anonymous-client-ip",
    "GET, 'Accept: text/html; Purpose: fetch, prefetch'",
    "GET, Sec-Fetch-Mode: navigate; Range: bytes=100-",
    "GET, Accept: text/html; Range: bytes=0-",
    "GET, 'Accept: text/html;q=0'",
    "GET, 'Accept: application/json, text/html;Q=0.000'",
    "GET, 'Accept: text/html ;q=0.;x=1'",
    "GET, Accept: text/html-x",
    "GET, Accept: text/html; Sec-Fetch-Dest: iframe",
    "GET, Accept: text/html; Sec-Fetch-Dest: document; Sec-Fetch-Dest: document",
    "GET, 'Accept: text/html; Sec-Fetch-Dest: document, empty'",
    "GET, Sec-Fetch-Mode: navigate; Sec-Fetch-Mode: cors",
    "GET, 'Sec-Fetch-Mode: navigate, navigate'",
    "GET, Sec-Fetch-Mode: navigate; Sec-Purpose: none; Sec-Purpose: prefetch",
    "GET, Sec-Fetch-Mode: navigate; Sec-Fetch-Dest: iframe",
    "GET, Sec-Fetch-Mode: navigate; Sec-Fetch-Dest: frame",
    "GET, Sec-Fetch-Mode: navigate; Sec-Fetch-Dest: fencedframe",
    "GET, Sec-Fetch-Mode: navigate; Sec-Fetch-Dest: object",
    "GET, Sec-Fetch-Mode: navigate; Sec-Fetch-Dest: embed"
  })
  void aScriptOrASpeculationIsNobodyWhoCouldLogIn(String method, String headers) {
    assertThat(Navigation.isOf(request(method, headers).http())).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Accept: text/html", "Accept: text/html; Sec-Fetch-Dest: document"})
  void aPageIsAUsefulAnswerToWhoShowsPages(String headers) {
    assertThat(Navigation.wantsPage(request("POST", headers).http())).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Accept: */*", "Accept: text/html; Sec-Fetch-Dest: empty"})
  void aPageIsNoUsefulAnswerToAScript(String headers) {
    assertThat(Navigation.wantsPage(request("GET", headers).http())).isFalse();
  }
}

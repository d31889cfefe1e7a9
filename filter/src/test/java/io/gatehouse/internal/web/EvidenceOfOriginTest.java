package io.gatehouse.internal.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.filter.FakeRequest;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * All pairs of {@code Origin} and {@code Sec-Fetch-Site}, each with no, one or two lines, at both
 * endpoints that depend on them. The accepted pairs are listed; any other is refused.
 */
@Tag("case-117")
class EvidenceOfOriginTest {
  private static final String OWN = "https://app.example";
  private static final String LISTED = "https://desk.example";
  private static final List<String> ORIGINS =
      List.of(OWN, LISTED, "https://evil.example", "null", "");
  private static final List<String> SITES =
      List.of("same-origin", "none", "same-site", "cross-site", "", "SAME-ORIGIN");

  /** Each is the lines of Origin, then those of Sec-Fetch-Site. */
  private static final Set<List<List<String>>> OF_LOGOUT =
      Set.of(
          List.of(List.of(), List.of("same-origin")),
          List.of(List.of(), List.of("none")),
          List.of(List.of(OWN), List.of()), // browsers without Sec-Fetch-Site
          List.of(List.of(OWN), List.of("same-origin")),
          List.of(List.of(OWN), List.of("none")),
          List.of(List.of("null"), List.of("same-origin"))); // Referrer-Policy: no-referrer

  private static final Set<List<List<String>>> OF_HANDSHAKE =
      Set.of(
          List.of(List.of(), List.of()), // no browser
          List.of(List.of(), List.of("same-origin")),
          List.of(List.of(), List.of("none")),
          List.of(List.of(OWN), List.of()),
          List.of(List.of(OWN), List.of("same-origin")),
          List.of(List.of(OWN), List.of("none")),
          List.of(List.of(LISTED), List.of()),
          List.of(List.of(LISTED), List.of("same-origin")),
          List.of(List.of(LISTED), List.of("none")),
          List.of(List.of(LISTED), List.of("same-site")),
          List.of(List.of(LISTED), List.of("cross-site")),
          List.of(List.of(LISTED), List.of("")),
          List.of(List.of(LISTED), List.of("SAME-ORIGIN")));

  private final RequestOrigins origins =
      new RequestOrigins(
          new PublicUrl(Optional.of(URI.create(OWN + "/shop"))), List.of(URI.create(LISTED)));

  private static List<List<String>> lines(List<String> values) {
    var all = new ArrayList<List<String>>();
    all.add(List.of());
    values.forEach(it -> all.add(List.of(it)));
    values.forEach(one -> values.forEach(other -> all.add(List.of(one, other))));
    return all;
  }

  static List<List<String>> linesOfOrigin() {
    return lines(ORIGINS);
  }

  private static FakeRequest with(FakeRequest request, String name, List<String> lines) {
    lines.forEach(it -> request.header(name, it));
    return request;
  }

  private static List<String> joined(List<String> lines) {
    return lines.isEmpty() ? lines : List.of(String.join(", ", lines));
  }

  private static FakeRequest with(FakeRequest request, List<String> origin, List<String> site) {
    return with(with(request, "Origin", origin), "Sec-Fetch-Site", site);
  }

  private static FakeRequest handshake() {
    return FakeRequest.get("/ws").header("Connection", "Upgrade").header("Upgrade", "websocket");
  }

  @ParameterizedTest
  @MethodSource("linesOfOrigin")
  void logoutNeedsEvidenceThatDoesNotContradictItself(List<String> origin) {
    for (var site : lines(SITES)) {
      var accepted = OF_LOGOUT.contains(List.of(origin, site));
      var request = with(FakeRequest.of("POST", "/logout"), origin, site);
      assertThat(origins.isFromOwnPage(request.http())).as("%s", site).isEqualTo(accepted);
      var combined = with(FakeRequest.of("POST", "/logout"), joined(origin), joined(site));
      assertThat(origins.isFromOwnPage(combined.http())).as("%s", site).isEqualTo(accepted);
    }
  }

  @ParameterizedTest
  @MethodSource("linesOfOrigin")
  void aHandshakeIsRefusedIfItsEvidenceContradictsItself(List<String> origin) {
    for (var site : lines(SITES)) {
      var accepted = OF_HANDSHAKE.contains(List.of(origin, site));
      var request = with(handshake(), origin, site);
      assertThat(origins.refuseHandshake(request.http())).as("%s", site).isEqualTo(!accepted);
      var combined = with(handshake(), joined(origin), joined(site));
      assertThat(origins.refuseHandshake(combined.http())).as("%s", site).isEqualTo(!accepted);
    }
  }
}

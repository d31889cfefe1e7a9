package io.gatehouse.filter;

import io.gatehouse.protocol.AuthorizationRequest;
import io.gatehouse.protocol.LoginKeyRing;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The request object that the server fetches (RFC 9101 section 5.2.3): opened from its handle, and
 * only then signed. The same for as long as the log-in lives, because servers fetch it again when
 * their page is reloaded. Open to all: the server has no cookie, and nothing in it is secret.
 */
final class RequestObjectServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final String MEDIA_TYPE = "application/oauth-authz-req+jwt";
  private static final Pattern ONE_SEGMENT = Pattern.compile("/[A-Za-z0-9_-]{1,400}");

  private final transient LoginKeyRing ring;
  private final transient PublicUrl publicUrl;
  private final String ownPath;
  private final transient Journal journal;

  RequestObjectServlet(LoginKeyRing ring, PublicUrl publicUrl, String ownPath, Journal journal) {
    this.ring = ring;
    this.publicUrl = publicUrl;
    this.ownPath = ownPath;
    this.journal = journal;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (!Methods.are(List.of("GET", "HEAD"), request, response)) {
      return;
    }
    var opened = opened(request);
    if (opened.isEmpty()) {
      journal.notFetched();
      // One answer for all that is wrong: forged, foreign, expired or from the future.
      BareRefusal.send(
          response, HttpServletResponse.SC_NOT_FOUND, "no log-in under way has this handle");
      return;
    }
    SafeHeaders.set(response);
    response.setContentType(MEDIA_TYPE);
    if (request.getMethod().equals("GET")) {
      var step = journal.telemetry().step("gatehouse.request_object", Optional.empty());
      try (step) {
        var bytes = requestObject(opened.get()).getBytes(StandardCharsets.US_ASCII);
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
        journal.fetched();
      }
    }
  }

  private Optional<LoginKeyRing.Opened> opened(HttpServletRequest request) {
    return Optional.ofNullable(request.getPathInfo())
        .filter(it -> ONE_SEGMENT.matcher(it).matches())
        .flatMap(it -> ring.openHandle(it.substring(1), ownPath));
  }

  private String requestObject(LoginKeyRing.Opened opened) {
    var detail = RequestDetail.read(opened.detail());
    var redirectUri = publicUrl.configured().orElse(detail.text()) + ownPath + "/callback";
    return new AuthorizationRequest(opened.login(), detail.requested(), redirectUri)
        .requestObject(ring);
  }
}

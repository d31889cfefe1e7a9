package io.gatehouse.internal.login;

import io.gatehouse.internal.observability.EventRecorder;
import io.gatehouse.internal.protocol.AuthorizationRequest;
import io.gatehouse.internal.protocol.LoginKeyRing;
import io.gatehouse.internal.protocol.OwnPaths;
import io.gatehouse.internal.web.BareRefusal;
import io.gatehouse.internal.web.Body;
import io.gatehouse.internal.web.Methods;
import io.gatehouse.internal.web.PublicUrl;
import io.gatehouse.internal.web.SafeHeaders;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The request object that the authorization server fetches (RFC 9101 section 5.2.3). The handle is
 * opened first, and only then the object is signed, once for each login. The object stays the same
 * for the lifetime of the login, because authorization servers fetch it again when their page is
 * reloaded. The path is public: the authorization server has no cookie, and the object contains no
 * secret.
 */
final class RequestObjectServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final String MEDIA_TYPE = "application/oauth-authz-req+jwt";
  private static final Pattern ONE_SEGMENT =
      Pattern.compile("/[A-Za-z0-9_-]{1," + RequestsHosted.MAX_REQUEST_URI_CHARACTERS + "}");

  private final transient LoginKeyRing ring;
  private final transient PublicUrl publicUrl;
  private final String ownPath;
  private final transient EventRecorder recorder;
  private final transient SignedObjects signed = new SignedObjects();

  RequestObjectServlet(
      LoginKeyRing ring, PublicUrl publicUrl, String ownPath, EventRecorder recorder) {
    this.ring = ring;
    this.publicUrl = publicUrl;
    this.ownPath = ownPath;
    this.recorder = recorder;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (!Methods.are(List.of("GET", "HEAD"), request, response)) {
      return;
    }
    var opened = opened(request);
    if (opened.isEmpty()) {
      recorder.notFetched();
      // One response for every failure: forged, foreign, expired or from the future.
      BareRefusal.send(
          response, HttpServletResponse.SC_NOT_FOUND, "no login under way has this handle");
      return;
    }
    SafeHeaders.set(response);
    response.setContentType(MEDIA_TYPE);
    if (request.getMethod().equals("GET")) {
      var step = recorder.telemetry().step("gatehouse.request_object", Optional.empty());
      try (step) {
        var bytes = requestObject(opened.get()).getBytes(StandardCharsets.US_ASCII);
        Body.send(response, bytes);
        recorder.fetched();
      }
    }
  }

  private Optional<LoginKeyRing.Opened> opened(HttpServletRequest request) {
    return Optional.ofNullable(request.getPathInfo())
        .filter(it -> ONE_SEGMENT.matcher(it).matches())
        .flatMap(it -> ring.openHandle(it.substring(1), ownPath));
  }

  private String requestObject(LoginKeyRing.Opened opened) {
    var detail = HandleDetail.read(opened.detail());
    var redirectUri =
        new OwnPaths(publicUrl.configured().orElse(detail.publicUrl()) + ownPath).callback();
    var object = new AuthorizationRequest(opened.login(), detail.requested(), redirectUri);
    return signed.of(opened, () -> object.requestObject(ring));
  }
}

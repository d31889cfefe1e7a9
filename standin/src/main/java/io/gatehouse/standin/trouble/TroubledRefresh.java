package io.gatehouse.standin.trouble;

import io.gatehouse.standin.key.SigningKey;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Answers a refresh with the fault that a test asked for, instead of the token endpoint or after
 * it.
 */
public final class TroubledRefresh extends OncePerRequestFilter {

  private static final Duration SILENCE = Duration.ofSeconds(30);
  private static final int SLOW_BYTES = 60;
  private static final int HUGE_BYTES = 2 << 20;
  private static final String PAGE =
      "<!DOCTYPE html><title>Gateway</title><p>Not the JSON you want";

  private final Script<RefreshTrouble> script;
  private final RefreshAnswer answer;

  public TroubledRefresh(Script<RefreshTrouble> script, SigningKey key) {
    this.script = script;
    this.answer = new RefreshAnswer(key);
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return !request.getServletPath().equals("/oidc/token")
        || !"refresh_token".equals(request.getParameter("grant_type"));
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    var trouble = script.take();
    switch (trouble) {
      case NONE -> chain.doFilter(request, response);
      case INVALID_GRANT ->
          write(response, 400, "application/json", "{\"error\":\"invalid_grant\"}");
      case BAD_REQUEST -> write(response, 400, MediaType.TEXT_HTML_VALUE, PAGE);
      case UNAUTHORIZED -> response.setStatus(401);
      case FORBIDDEN -> response.setStatus(403);
      case TOO_MANY -> retryAfter(response, 429, "7");
      case UNAVAILABLE -> retryAfter(response, 503, "3");
      case HTML -> write(response, 200, MediaType.TEXT_HTML_VALUE, PAGE);
      case EMPTY -> response.setStatus(200);
      case HUGE -> write(response, 200, "application/json", huge());
      case SLOW -> drip(response);
      case SILENT -> {
        pause(SILENCE);
        DroppedConnection.drop(request);
      }
      case RESET_AFTER -> {
        // The answer stays in the wrapper: the token endpoint has completed its work, and the
        // client never receives the result.
        chain.doFilter(request, new ContentCachingResponseWrapper(response));
        DroppedConnection.drop(request);
      }
      default -> change(trouble, request, response, chain);
    }
  }

  private void change(
      RefreshTrouble trouble,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws ServletException, IOException {
    var good = new ContentCachingResponseWrapper(response);
    chain.doFilter(request, good);
    if (good.getStatus() != 200) {
      good.copyBodyToResponse();
      return;
    }
    var body = new String(good.getContentAsByteArray(), StandardCharsets.UTF_8);
    write(response, 200, "application/json;charset=UTF-8", answer.with(trouble, body));
  }

  private static void retryAfter(HttpServletResponse response, int status, String seconds) {
    response.setStatus(status);
    response.setHeader(HttpHeaders.RETRY_AFTER, seconds);
  }

  private static void write(
      HttpServletResponse response, int status, String contentType, String body)
      throws IOException {
    response.setStatus(status);
    response.setContentType(contentType);
    response.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
  }

  private static String huge() {
    return "{\"token_type\":\"Bearer\",\"expires_in\":900,\"access_token\":\""
        + "a".repeat(HUGE_BYTES)
        + "\"}";
  }

  private static void drip(HttpServletResponse response) throws IOException {
    response.setContentType("application/json");
    response.flushBuffer();
    var out = response.getOutputStream();
    for (int i = 0; i < SLOW_BYTES && !Thread.currentThread().isInterrupted(); i++) {
      pause(Duration.ofSeconds(1));
      out.write(i == 0 ? '{' : ' ');
      out.flush();
    }
  }

  private static void pause(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the stand-in shuts down
    }
  }
}

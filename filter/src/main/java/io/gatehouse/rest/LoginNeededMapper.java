package io.gatehouse.rest;

import io.gatehouse.LoginNeededException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import org.jspecify.annotations.Nullable;

/**
 * Answers a Jakarta REST request whose user has to log in, as the filter would. The filter cannot
 * see an exception of {@code AsyncResponse.resume}, of a failed {@code CompletionStage} or of a
 * reactive type (Jakarta REST 3.1 section 8.2).
 *
 * <p>Jakarta REST finds this class by itself, unless the {@code Application} lists its classes: add
 * this one then.
 */
@Provider
public final class LoginNeededMapper implements ExceptionMapper<LoginNeededException> {
  @Context private @Nullable HttpServletRequest request;
  @Context private @Nullable HttpServletResponse response;

  /** Creates the mapper, for Jakarta REST. */
  public LoginNeededMapper() {}

  @Override
  public Response toResponse(LoginNeededException thrown) {
    return CapturedAnswer.to(thrown, request, response);
  }
}

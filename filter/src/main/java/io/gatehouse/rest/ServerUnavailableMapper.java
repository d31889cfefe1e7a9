package io.gatehouse.rest;

import io.gatehouse.ServerUnavailableException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import org.jspecify.annotations.Nullable;

/**
 * Answers a Jakarta REST request whose tokens cannot be renewed now, as the filter would; see
 * {@link LoginNeededMapper}.
 */
@Provider
public final class ServerUnavailableMapper implements ExceptionMapper<ServerUnavailableException> {
  @Context private @Nullable HttpServletRequest request;
  @Context private @Nullable HttpServletResponse response;

  /** Creates the mapper, for Jakarta REST. */
  public ServerUnavailableMapper() {}

  @Override
  public Response toResponse(ServerUnavailableException thrown) {
    return CapturedAnswer.to(thrown, request, response);
  }
}

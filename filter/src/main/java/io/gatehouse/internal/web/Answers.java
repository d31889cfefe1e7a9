package io.gatehouse.internal.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * The answers to requests whose user has to log in, or cannot be recognized now, for code that
 * catches exceptions before the filter does. Found as a request attribute, if the application has
 * several filters, or as a servlet context attribute.
 */
public interface Answers {
  /** The name of the attribute. */
  String ATTRIBUTE = Answers.class.getName();

  /**
   * Answers a request as the filter would.
   *
   * @param thrown a {@link io.gatehouse.LoginNeededException} or {@link
   *     io.gatehouse.ServerUnavailableException}
   */
  void send(RuntimeException thrown, HttpServletRequest request, HttpServletResponse response)
      throws IOException;
}

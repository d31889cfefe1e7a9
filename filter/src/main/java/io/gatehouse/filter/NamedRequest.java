package io.gatehouse.filter;

import io.gatehouse.Tokens;
import io.gatehouse.internal.session.NamedSession;
import io.gatehouse.internal.web.Answers;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpSession;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A request behind one of an application's several filters, with the session of that filter. */
final class NamedRequest extends HttpServletRequestWrapper {
  private final String filter;
  private final @Nullable Object finderBefore;
  private final @Nullable Object answersBefore;

  /**
   * Creates the request.
   *
   * @param filter the name of the filter
   * @param finder finds the tokens of a session of that filter
   * @param answers the answers of that filter
   */
  NamedRequest(
      HttpServletRequest request,
      String filter,
      Function<HttpSession, Optional<Tokens>> finder,
      Answers answers) {
    super(request);
    this.filter = filter;
    this.finderBefore = request.getAttribute(Tokens.FINDER);
    this.answersBefore = request.getAttribute(Answers.ATTRIBUTE);
    // For code that only has the container's request, such as CDI.
    request.setAttribute(Tokens.FINDER, finder);
    request.setAttribute(Answers.ATTRIBUTE, answers);
  }

  /** Restores the filter that the request passed before, at the end of an include for example. */
  void leave() {
    if (finderBefore != null) {
      getRequest().setAttribute(Tokens.FINDER, finderBefore);
      getRequest().setAttribute(Answers.ATTRIBUTE, answersBefore);
    }
  }

  @Override
  public @Nullable HttpSession getSession(boolean create) {
    var session = super.getSession(create);
    if (session == null) {
      return null;
    }
    try {
      return create ? NamedSession.begin(session, filter) : NamedSession.find(session, filter);
    } catch (IllegalStateException ended) {
      return create ? NamedSession.begin(super.getSession(true), filter) : null;
    }
  }

  @Override
  public HttpSession getSession() {
    return Objects.requireNonNull(getSession(true));
  }
}

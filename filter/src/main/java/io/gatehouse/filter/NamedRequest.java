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
  private static final String NONE = "";

  private final String filter;
  private final String foundSession;
  private final @Nullable Object finderBefore;
  private final @Nullable Object answersBefore;

  /**
   * Creates the request.
   *
   * @param filter the name of the filter
   * @param foundSession the name of the attribute that keeps which session of the filter the
   *     request has found
   * @param finder finds the tokens of a session of that filter
   * @param answers the answers of that filter
   */
  NamedRequest(
      HttpServletRequest request,
      String filter,
      String foundSession,
      Function<HttpSession, Optional<Tokens>> finder,
      Answers answers) {
    super(request);
    this.filter = filter;
    this.foundSession = foundSession;
    this.finderBefore = request.getAttribute(Tokens.FINDER);
    this.answersBefore = request.getAttribute(Answers.ATTRIBUTE);
    // For code that only has the container's request, such as CDI.
    Function<HttpSession, Optional<Tokens>> ofContainer =
        it -> Optional.ofNullable(find(it, false)).flatMap(finder);
    request.setAttribute(Tokens.FINDER, ofContainer);
    request.setAttribute(Answers.ATTRIBUTE, answers);
  }

  /** Restores the filter that the request passed before, at the end of an include for example. */
  void leave() {
    if (finderBefore != null) {
      getRequest().setAttribute(Tokens.FINDER, finderBefore);
      getRequest().setAttribute(Answers.ATTRIBUTE, answersBefore);
    }
  }

  /**
   * Keeps the session of a later login from this request and its further dispatches. The container
   * continues its session, which the request may already hold, when another user logs in.
   */
  void keepToSession() {
    if (getAttribute(foundSession) == null) {
      setAttribute(
          foundSession, getSession(false) instanceof NamedSession found ? found.life() : NONE);
    }
  }

  @Override
  public @Nullable HttpSession getSession(boolean create) {
    var session = super.getSession(create);
    if (session == null) {
      return null;
    }
    try {
      return find(session, create);
    } catch (IllegalStateException ended) {
      return create ? find(super.getSession(true), true) : null;
    }
  }

  private @Nullable NamedSession find(HttpSession ofContainer, boolean create) {
    var session =
        create ? NamedSession.begin(ofContainer, filter) : NamedSession.find(ofContainer, filter);
    if (session == null || isOfThisRequest(session)) {
      return session;
    }
    if (create) {
      throw new IllegalStateException("the session of this request has ended; a login came since");
    }
    return null;
  }

  private boolean isOfThisRequest(NamedSession session) {
    var found = getAttribute(foundSession);
    return found == null || !session.isOfLogin() || session.life().equals(found);
  }

  @Override
  public HttpSession getSession() {
    return Objects.requireNonNull(getSession(true));
  }
}

package io.gatehouse.cli.doors;

import io.gatehouse.cli.http.WebAnswer;
import java.util.regex.Pattern;

/** The interpretation of an answer to a request without a session. */
enum Verdict {
  /** The answer asks for a login. */
  LOGIN,
  /** The answer is a page. */
  PAGE,
  /** The path does not exist, so the request has passed to a lookup of the path. */
  NOT_FOUND,
  /** The request was refused as such. */
  REFUSED,
  /** The answer is a redirect that begins no login. */
  REDIRECT,
  /** The application is unavailable. */
  UNAVAILABLE,
  /** The request failed with an error. */
  ERROR;

  // Every authorization request has a client_id (RFC 6749 4.1.1, RFC 9101 5).
  private static final Pattern CLIENT_ID = Pattern.compile("[?&]client_id=");

  static Verdict of(WebAnswer answer) {
    var verdict = of(answer.status());
    return verdict == REDIRECT && CLIENT_ID.matcher(answer.header("Location")).find()
        ? LOGIN
        : verdict;
  }

  private static Verdict of(int status) {
    return switch (status) {
      case 401 -> LOGIN;
      case 404, 410 -> NOT_FOUND;
      case 0, 501, 505 -> REFUSED; // 0: the connection was closed
      case 503 -> UNAVAILABLE;
      default -> {
        if (status < 300 || status == 304) { // including 101, the switch to a WebSocket
          yield PAGE;
        }
        yield status < 400 ? REDIRECT : status < 500 ? REFUSED : ERROR;
      }
    };
  }
}

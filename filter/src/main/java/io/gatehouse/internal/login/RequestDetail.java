package io.gatehouse.internal.login;

import io.gatehouse.internal.protocol.RequestedAuthentication;

/**
 * What travels sealed with a log-in beside its id: a text of ours (where the application is, or
 * where to return) and how the user was asked to log in.
 */
public record RequestDetail(String text, RequestedAuthentication requested) {

  /** As one text; texts of ours have no line breaks. */
  public String sealable() {
    var asked = requested.text();
    return asked.isEmpty() ? text : text + "\n" + asked;
  }

  /**
   * Reads what {@link #sealable} wrote.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  static RequestDetail read(String unsealed) {
    var end = unsealed.indexOf('\n');
    return end < 0
        ? new RequestDetail(unsealed, RequestedAuthentication.ANY)
        : new RequestDetail(
            unsealed.substring(0, end), RequestedAuthentication.read(unsealed.substring(end + 1)));
  }
}

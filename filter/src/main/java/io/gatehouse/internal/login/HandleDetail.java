package io.gatehouse.internal.login;

import io.gatehouse.internal.protocol.RequestedAuthentication;

/**
 * Details that are sealed with a log-in into the handle of its request object, by which the server
 * fetches it.
 *
 * @param publicUrl of the application, if it is not configured; or an empty text
 * @param requested how the user is asked to log in
 */
public record HandleDetail(String publicUrl, RequestedAuthentication requested) {

  /** Returns it as one text. URLs have no line breaks. */
  public String sealable() {
    var asked = requested.text();
    return asked.isEmpty() ? publicUrl : publicUrl + "\n" + asked;
  }

  /**
   * Reads what {@link #sealable} wrote.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  static HandleDetail read(String unsealed) {
    var end = unsealed.indexOf('\n');
    return end < 0
        ? new HandleDetail(unsealed, RequestedAuthentication.ANY)
        : new HandleDetail(
            unsealed.substring(0, end), RequestedAuthentication.read(unsealed.substring(end + 1)));
  }
}

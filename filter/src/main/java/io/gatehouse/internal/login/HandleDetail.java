package io.gatehouse.internal.login;

import io.gatehouse.internal.protocol.RequestedAuthentication;

/**
 * The details that are sealed with a login into the handle of its request object, by which the
 * authorization server fetches that object.
 *
 * @param publicUrl the application's URL; an empty text if the URL is configured
 * @param requested the way in which the user is asked to log in
 */
public record HandleDetail(String publicUrl, RequestedAuthentication requested) {

  /**
   * Returns the details as one text. URLs contain no line breaks, so a line break separates the
   * parts.
   */
  public String sealable() {
    var asked = requested.text();
    return asked.isEmpty() ? publicUrl : publicUrl + "\n" + asked;
  }

  /**
   * Reads the output of {@link #sealable}.
   *
   * @throws IllegalArgumentException if the text is anything else
   */
  static HandleDetail read(String unsealed) {
    var end = unsealed.indexOf('\n');
    return end < 0
        ? new HandleDetail(unsealed, RequestedAuthentication.ANY)
        : new HandleDetail(
            unsealed.substring(0, end), RequestedAuthentication.read(unsealed.substring(end + 1)));
  }
}

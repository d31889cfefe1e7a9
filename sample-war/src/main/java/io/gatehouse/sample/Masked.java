package io.gatehouse.sample;

/**
 * A secret in the form that a page may show: enough to recognise the secret, too little to use it.
 */
public final class Masked {
  private static final int SHOWN = 6;

  private Masked() {}

  /** Returns the first characters and the length; of a short secret the length only. */
  public static String secret(String secret) {
    if (secret.isEmpty()) {
      return "none";
    }
    var start = secret.length() < 4 * SHOWN ? "" : secret.substring(0, SHOWN);
    return start + "… (" + secret.length() + " characters)";
  }
}

package io.gatehouse.sample;

/** Thrown if the API gives no offerings; the message is written for the user. */
final class OfferingsUnavailableException extends Exception {
  private static final long serialVersionUID = 1L;

  OfferingsUnavailableException(String message) {
    super(message);
  }

  OfferingsUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}

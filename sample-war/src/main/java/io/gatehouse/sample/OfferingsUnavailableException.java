package io.gatehouse.sample;

/** The offerings could not be had; the message is one for the user. */
final class OfferingsUnavailableException extends Exception {
  private static final long serialVersionUID = 1L;

  OfferingsUnavailableException(String message) {
    super(message);
  }

  OfferingsUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}

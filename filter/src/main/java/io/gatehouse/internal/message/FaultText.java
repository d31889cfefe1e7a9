package io.gatehouse.internal.message;

import java.io.EOFException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides which part of an exception may be logged or shown. The messages of foreign exceptions may
 * quote the input that they complain about: a status line, a header, a token, a certificate's
 * names. So only the name of the class is told, with words of this class for common causes. The
 * messages of Gatehouse's own exceptions are safe, since they quote nothing. No other class reads a
 * foreign exception's message, which {@code ForeignExceptionsTest} verifies.
 */
public final class FaultText {
  private static final String OWN = "io.gatehouse.";
  private static final int MAX_CAUSES = 20; // a chain of causes may be circular

  private FaultText() {}

  /** Returns the text of an exception, in one line. */
  public static String of(@Nullable Throwable fault) {
    if (fault == null) {
      return "an unknown fault";
    }
    if (isOwn(fault)) {
      return String.valueOf(fault.getMessage());
    }
    if (fault instanceof LinkageError) { // the Java platform names the class that is missing
      return PlainText.of(fault.toString());
    }
    return fault.getClass().getName() + reason(fault).map(it -> " (" + it + ")").orElse("");
  }

  /**
   * Returns whether TLS failed because the certificate is for another host (RFC 9110 section
   * 4.3.4).
   */
  public static boolean isOfAnotherHost(Throwable fault) {
    return causes(fault)
        .filter(CertificateException.class::isInstance)
        .map(it -> String.valueOf(it.getMessage()))
        .anyMatch(it -> it.startsWith("No subject alternative") || it.startsWith("No name match"));
  }

  /**
   * Returns an exception for a log or a container: with the stack traces of the original and its
   * causes, but without their messages.
   */
  public static Throwable traceOf(Throwable fault) {
    return trace(fault, MAX_CAUSES);
  }

  private static Trace trace(Throwable fault, int more) {
    var cause = fault.getCause();
    return new Trace(fault, cause == null || more == 0 ? null : trace(cause, more - 1));
  }

  private static boolean isOwn(Throwable fault) {
    return fault.getClass().getName().startsWith(OWN);
  }

  private static Optional<String> reason(Throwable fault) {
    if (isOfAnotherHost(fault)) {
      return Optional.of("No subject alternative name of the certificate is this host");
    }
    return causes(fault).flatMap(it -> known(it).stream()).findFirst();
  }

  private static Optional<String> known(Throwable cause) {
    if (cause instanceof CertificateExpiredException) {
      return Optional.of("the certificate has expired");
    }
    if (cause instanceof CertificateNotYetValidException) {
      return Optional.of("the certificate is not valid yet");
    }
    if (cause instanceof CertPathBuilderException) {
      return Optional.of("PKIX path building failed: no trusted authority issued the certificate");
    }
    if (cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException) {
      return Optional.of("no such host");
    }
    return cause instanceof EOFException
        ? Optional.of("the input ended too early")
        : Optional.empty();
  }

  /** Returns an exception, its cause, the cause of its cause, and so on. */
  public static Stream<Throwable> causes(Throwable fault) {
    return Stream.iterate(fault, it -> it != null, Throwable::getCause).limit(MAX_CAUSES);
  }

  private static final class Trace extends Exception {
    private static final long serialVersionUID = 1L;

    private final String text;

    Trace(Throwable fault, @Nullable Throwable cause) {
      super(of(fault), cause);
      text = isOwn(fault) ? fault.getClass().getName() + ": " + of(fault) : of(fault);
      setStackTrace(fault.getStackTrace());
    }

    @Override
    @SuppressWarnings("OverrideThrowableToString") // a trace begins with the original's class
    public String toString() {
      return text;
    }
  }
}

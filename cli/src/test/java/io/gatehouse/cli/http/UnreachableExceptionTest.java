package io.gatehouse.cli.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The reason that a check shows for a failed call, without any text of the server. */
class UnreachableExceptionTest {
  private static final URI ADDRESS = URI.create("https://op.example/token?key=CANARY");
  private static final String CANARY = "CANARY\r\n\u001b[2J";

  private static Throwable ofAnotherHost() {
    return new SSLHandshakeException(CANARY)
        .initCause(
            new CertificateException("No subject alternative DNS name matching CANARY found."));
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        Arguments.of(new IOException(CANARY), "java.io.IOException"),
        Arguments.of(
            new ExecutionException(CANARY, new IOException(CANARY)), "java.io.IOException"),
        Arguments.of(
            new IOException(CANARY, new EOFException(CANARY)),
            "java.io.IOException (the input ended too early)"),
        Arguments.of(new UnknownHostException(CANARY), "no such host"),
        Arguments.of(new ConnectException(CANARY), "the connection was refused"),
        Arguments.of(new SSLException(CANARY), "javax.net.ssl.SSLException"),
        Arguments.of(
            new ExecutionException(CANARY, ofAnotherHost()),
            "javax.net.ssl.SSLHandshakeException (No subject alternative name of the certificate"
                + " is this host)"),
        Arguments.of(
            new FailedExchangeException("an answer that is not HTTP"),
            "an answer that is not HTTP"));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void tellsNothingOfTheServersText(Throwable fault, String reason) {
    assertThat(UnreachableException.of(ADDRESS, fault).reason())
        .isEqualTo("op.example:443: " + reason);
  }

  @Test
  void knowsACertificateOfAnotherHost() {
    assertThat(UnreachableException.of(ADDRESS, ofAnotherHost()).isOfAnotherHost()).isTrue();
    var other = UnreachableException.of(ADDRESS, new SSLHandshakeException(CANARY));
    assertThat(other.isOfAnotherHost()).isFalse();
    assertThat(other.isAboutTls()).isTrue();
  }
}

package io.gatehouse.internal.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.internal.server.Failure;
import io.gatehouse.internal.server.LoginFailedException;
import jakarta.json.JsonException;
import java.io.EOFException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.xml.sax.SAXParseException;

/** The part of an exception that a log may tell. */
@Tag("case-89")
@Tag("case-128")
class FaultTextTest {
  private static final String CANARY = "canary\r\nforged";

  private static Throwable caused(Throwable fault, Throwable cause) {
    return fault.initCause(cause);
  }

  static Stream<Throwable> foreign() throws Exception {
    return Stream.of(
        new IOException(CANARY),
        new ProtocolException(CANARY),
        new ConnectException(CANARY),
        new HttpTimeoutException(CANARY),
        new UnknownHostException(CANARY),
        new EOFException(CANARY),
        new SSLException(CANARY),
        new SSLHandshakeException(CANARY),
        caused(new SSLHandshakeException(CANARY), new CertificateException(CANARY)),
        caused(
            new SSLHandshakeException(CANARY),
            new CertificateException("No subject alternative DNS name matching " + CANARY)),
        new ExecutionException(CANARY, new IOException(CANARY)),
        new URISyntaxException(CANARY, CANARY),
        new DateTimeParseException(CANARY, CANARY, 0),
        new NumberFormatException(CANARY),
        new IllegalArgumentException(CANARY, new IllegalStateException(CANARY)),
        new JoseException(CANARY, new JoseException(CANARY)),
        new InvalidJwtException(CANARY, List.of(), null),
        new JsonException(CANARY),
        new SAXParseException(CANARY, null),
        new StackOverflowError(CANARY),
        new AssertionError(CANARY));
  }

  @ParameterizedTest
  @MethodSource("foreign")
  void tellsTheClassOfAForeignExceptionAndNothingOfItsMessages(Throwable fault) {
    assertThat(FaultText.of(fault))
        .startsWith(fault.getClass().getName())
        .matches("[\\x20-\\x7E]{1,400}")
        .doesNotContain("canary", "forged");
  }

  @ParameterizedTest
  @MethodSource("foreign")
  void keepsTheStackTracesAndNoneOfTheMessages(Throwable fault) {
    fault.addSuppressed(new IOException(CANARY));
    var trace = printed(FaultText.traceOf(fault));
    assertThat(trace)
        .startsWith(fault.getClass().getName())
        .contains("\tat " + FaultTextTest.class.getName())
        .doesNotContain("canary", "forged");
    if (fault.getCause() != null) {
      assertThat(trace).contains("Caused by: " + fault.getCause().getClass().getName());
    }
  }

  private static String printed(Throwable fault) {
    var text = new StringWriter();
    fault.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  static Stream<Arguments> explained() {
    return Stream.of(
        Arguments.of(
            caused(new SSLHandshakeException(CANARY), new CertPathBuilderException(CANARY)),
            "javax.net.ssl.SSLHandshakeException (PKIX path building failed: "),
        Arguments.of(
            caused(new SSLHandshakeException(CANARY), new CertificateExpiredException(CANARY)),
            "javax.net.ssl.SSLHandshakeException (the certificate has expired)"),
        Arguments.of(
            caused(new SSLHandshakeException(CANARY), new CertificateNotYetValidException(CANARY)),
            "javax.net.ssl.SSLHandshakeException (the certificate is not valid yet)"),
        Arguments.of(
            caused(
                new SSLHandshakeException(CANARY),
                new CertificateException("No name matching canary found")),
            "javax.net.ssl.SSLHandshakeException (No subject alternative name "),
        Arguments.of(
            caused(new ConnectException(CANARY), new UnresolvedAddressException()),
            "java.net.ConnectException (no such host)"),
        Arguments.of(
            new UnknownHostException(CANARY), "java.net.UnknownHostException (no such host)"),
        Arguments.of(
            new IOException(CANARY, new EOFException(CANARY)),
            "java.io.IOException (the input ended too early)"),
        Arguments.of(new ConnectException(CANARY), "java.net.ConnectException"));
  }

  @ParameterizedTest
  @MethodSource("explained")
  void explainsCommonCausesInItsOwnWords(Throwable fault, String text) {
    assertThat(FaultText.of(fault)).startsWith(text);
  }

  @Test
  void tellsTheMessageOfAnExceptionOfGatehouse() {
    assertThat(FaultText.of(new LoginFailedException(Failure.EXPIRED, "the login took too long")))
        .isEqualTo("the login took too long");
  }

  @Test
  void tellsTheClassThatThePlatformMisses() {
    assertThat(FaultText.of(new NoClassDefFoundError("org/jose4j/jwx/Headers")))
        .isEqualTo("java.lang.NoClassDefFoundError: org/jose4j/jwx/Headers");
    assertThat(FaultText.of(new NoSuchMethodError("x\n".repeat(500))))
        .matches("[\\x20-\\x7E]{1,410}");
  }

  @Test
  void endsWhereCausesGoInACircle() {
    var one = new IOException(CANARY);
    one.initCause(new IOException(CANARY, one));
    assertThat(FaultText.of(one)).isEqualTo("java.io.IOException");
    assertThat(printed(FaultText.traceOf(one))).doesNotContain("canary");
    assertThat(FaultText.of(null)).isEqualTo("an unknown fault");
  }

  @Test
  void aTextIsOneShortLineOfPlainCharacters() {
    assertThat(PlainText.of("a\r\nb\u0000\u001b[2J\u0085\u2028\ud800é")).isEqualTo("a??b??[2J????");
    assertThat(PlainText.of("x".repeat(400))).hasSize(400);
    assertThat(PlainText.of("x".repeat(401))).isEqualTo("x".repeat(400) + "...");
    assertThat(PlainText.arguments("a\n", 7, 'b')).containsExactly("a?", 7, 'b');
  }
}

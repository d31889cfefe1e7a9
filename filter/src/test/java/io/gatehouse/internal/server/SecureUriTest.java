package io.gatehouse.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecureUriTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://op.example",
        "https://op.example:8443/a?b=c",
        "http://localhost:8080",
        "http://127.0.0.1/",
        "http://127.1.2.3:81/x",
        "http://[::1]:8080/",
        "http://[0:0:0:0:0:0:0:1]/"
      })
  void acceptsHttpsAnywhereAndHttpOnLoopback(String text) {
    assertThat(SecureUri.parse(text)).hasValue(URI.create(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://op.example",
        "http://localhost.evil.example",
        "http://127.0.0.1.evil.example",
        "http://127.evil.example",
        "http://128.0.0.1",
        "http://0.0.0.0",
        "http://[::2]/",
        "http://[::ffff:10.0.0.1]/",
        "https://user:password@op.example",
        "http://localhost@evil.example",
        "https://op.example/#fragment",
        "ftp://op.example",
        "file:///etc/passwd",
        "https:op.example",
        "https://",
        "https://op_example",
        "//op.example",
        "op.example",
        "",
        " https://op.example"
      })
  void refusesEverythingElse(String text) {
    assertThat(SecureUri.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "https://a/x, https://a/y?z, true",
    "https://a, https://A:443, true",
    "http://a:80, http://a, true",
    "https://a, http://a, false",
    "https://a, https://a:444, false",
    "https://a, https://b, false",
    "https://a, https://a.b, false"
  })
  void originsAreSchemeHostAndPort(URI one, URI other, boolean same) {
    assertThat(Origin.isSame(one, other)).isEqualTo(same);
    assertThat(Origin.isSame(other, one)).isEqualTo(same);
  }
}

package io.gatehouse.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.internal.jose.Mutations;
import io.gatehouse.internal.server.ResponseReader.TooLongException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;

/** Any bytes from a connection: a response, or one of the declared exceptions. */
class ResponseReaderPropertyTest {
  @Provide
  Arbitrary<byte[]> anyBytes() {
    return Mutations.anyBytes();
  }

  @Provide
  Arbitrary<byte[]> changed() {
    return Mutations.of(ResponseReaderTest.VALID.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static void assertReadOrRefused(byte[] response) {
    try {
      assertThat(ResponseReaderTest.read(response)).isNotEmpty();
    } catch (IOException refused) {
      assertThat(refused)
          .isInstanceOfAny(
              FailedExchangeException.class, EOFException.class, TooLongException.class);
    }
  }

  @Property
  @Tag("case-84")
  void anyBytesAreReadOrRefused(@ForAll("anyBytes") byte[] response) {
    assertReadOrRefused(response);
  }

  @Property(tries = 1000)
  @Tag("case-84")
  void aResponseThatWasChangedIsReadOrRefused(@ForAll("changed") byte[] response) {
    assertReadOrRefused(response);
  }
}

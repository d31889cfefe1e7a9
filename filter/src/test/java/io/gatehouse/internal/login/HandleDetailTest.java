package io.gatehouse.internal.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.internal.protocol.RequestedAuthentication;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HandleDetailTest {
  /**
   * The hint comes from the query of any request for a page: all its possible characters come back.
   */
  @Test
  void aHintOfAnyCharactersComesBack() {
    var hint = new StringBuilder();
    for (var character = ' '; character < Character.MAX_VALUE; character++) {
      if (character != '\u007f' && !Character.isSurrogate(character)) {
        hint.append(character);
      }
      if (hint.length() == 100 || character == Character.MAX_VALUE - 1) {
        var detail =
            new HandleDetail(
                "http://localhost:8080/shop",
                new RequestedAuthentication("gold", Optional.empty(), "", "", hint.toString()));
        assertThat(HandleDetail.read(detail.sealable())).isEqualTo(detail);
        hint.setLength(0);
      }
    }
  }
}

package io.gatehouse.internal.protocol;

import java.nio.charset.StandardCharsets;

/** Handles of request objects: none but those that we sealed opens, and nothing is thrown. */
public final class HandleFuzz {
  private static final String PLACE = "/shop/gatehouse";
  private static final LoginKeyRing RING =
      TestLogin.ring(new AdjustableClock(), TestLogin.keys("current"), TestLogin.keys("previous"));
  private static final PendingLogin LOGIN = RING.begin();
  private static final String VALID = LOGIN.handle(PLACE, "detail");

  private HandleFuzz() {}

  /** For Jazzer: the text of a handle, a change to a valid one, or the content of one of ours. */
  public static void fuzzerTestOneInput(byte[] input) {
    var text = new String(input, StandardCharsets.ISO_8859_1);
    refuse(text);
    if (input.length > 2) {
      var at = ((input[0] & 0xFF) << 8 | (input[1] & 0xFF)) % VALID.length();
      refuse(VALID.substring(0, at) + text.substring(2) + VALID.substring(at));
      refuse(VALID.substring(0, at) + text.substring(2));
      refuse(text.substring(2) + VALID.substring(at));
    }
    var utf8 = new String(input, StandardCharsets.UTF_8);
    var handle = LOGIN.handle(PLACE, utf8);
    var opened = RING.openHandle(handle, PLACE).orElseThrow();
    if (!opened.detail().equals(utf8) || RING.openCookie(handle, PLACE).isPresent()) {
      throw new IllegalStateException("not what was sealed");
    }
  }

  private static void refuse(String text) {
    if (!text.equals(VALID) && RING.openHandle(text, PLACE).isPresent()) {
      throw new IllegalStateException("a handle that nobody sealed");
    }
  }
}

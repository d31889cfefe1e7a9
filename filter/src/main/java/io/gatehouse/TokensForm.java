package io.gatehouse;

import java.io.EOFException;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@link Tokens} as they are written to a session store or another node: a format version and
 * length-prefixed texts, never an object graph. A version or content that cannot be read becomes
 * tokens that belong to nobody, so the user logs in again and the session is otherwise whole.
 */
final class TokensForm implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int FORMAT_VERSION = 1;
  private static final int MOST_BYTES = 1 << 20;

  private transient @Nullable Tokens tokens;
  private transient String[] texts;
  private transient long expiresAtMillis;

  TokensForm(
      String issuer,
      String clientId,
      String accessToken,
      String idToken,
      @Nullable String refreshToken,
      long expiresAtMillis,
      String scope) {
    this.texts =
        new String[] {
          issuer, clientId, accessToken, idToken, refreshToken == null ? "" : refreshToken, scope
        };
    this.expiresAtMillis = expiresAtMillis;
  }

  private void writeObject(ObjectOutputStream out) throws IOException {
    out.writeInt(FORMAT_VERSION);
    out.writeLong(expiresAtMillis);
    for (var text : texts) {
      var bytes = text.getBytes(StandardCharsets.UTF_8);
      out.writeInt(bytes.length);
      out.write(bytes);
    }
  }

  private void readObject(ObjectInputStream in) throws IOException {
    if (in.readInt() == FORMAT_VERSION) {
      tokens = readVersion1(in);
    }
  }

  private static @Nullable Tokens readVersion1(ObjectInputStream in) throws IOException {
    try {
      var expiresAt = Instant.ofEpochMilli(in.readLong());
      var issuer = readText(in);
      var clientId = readText(in);
      var accessToken = readText(in);
      var idToken = readText(in);
      var refreshToken = Optional.of(readText(in)).filter(it -> !it.isEmpty());
      var scope = readText(in);
      return new Tokens(issuer, clientId, accessToken, idToken, refreshToken, expiresAt, scope);
    } catch (EOFException | RuntimeException corrupt) {
      return null;
    }
  }

  private static String readText(ObjectInputStream in) throws IOException {
    var length = in.readInt();
    if (length < 0 || length > MOST_BYTES) {
      throw new EOFException("no text has that length");
    }
    var bytes = new byte[length];
    in.readFully(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private Object readResolve() {
    // {} as claims: a user without issuer and subject
    return tokens != null
        ? tokens
        : new Tokens("", "", "", ".e30.", Optional.empty(), Instant.EPOCH, "");
  }
}

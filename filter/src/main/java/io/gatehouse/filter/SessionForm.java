package io.gatehouse.filter;

import java.io.EOFException;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@link SessionTokens} as they are written to a session store or another node: a format version
 * and length-prefixed texts, never an object graph. A version or content that cannot be read
 * becomes tokens of no configuration, so the user logs in again and the session is otherwise whole.
 */
final class SessionForm implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int FORMAT_VERSION = 2;
  private static final int MOST_BYTES = 1 << 20;

  private transient SessionTokens tokens;

  SessionForm(SessionTokens tokens) {
    this.tokens = tokens;
  }

  private void writeObject(ObjectOutputStream out) throws IOException {
    var set = tokens.current();
    var claims = set.user().claimsJson();
    out.writeInt(FORMAT_VERSION);
    out.writeLong(tokens.loggedInAt());
    out.writeLong(set.receivedAt());
    out.writeLong(set.expiresAt());
    var sameClaims = claims.equals(TokenSet.payload(set.idToken()));
    for (var text :
        List.of(
            tokens.realm(),
            tokens.publicUrl(),
            set.accessToken(),
            set.idToken(),
            set.refreshToken().orElse(""),
            set.scope(),
            sameClaims ? "" : claims,
            String.join("\n", set.user().roles()))) {
      var bytes = text.getBytes(StandardCharsets.UTF_8);
      out.writeInt(bytes.length);
      out.write(bytes);
    }
  }

  private void readObject(ObjectInputStream in) throws IOException {
    var read = in.readInt() == FORMAT_VERSION ? read(in) : null;
    tokens = read == null ? nobodys() : read;
  }

  private static @Nullable SessionTokens read(ObjectInputStream in) throws IOException {
    try {
      var loggedInAt = in.readLong();
      var receivedAt = in.readLong();
      var expiresAt = in.readLong();
      var realm = readText(in);
      var publicUrl = readText(in);
      var accessToken = readText(in);
      var idToken = readText(in);
      var refreshToken = Optional.of(readText(in)).filter(it -> !it.isEmpty());
      var scope = readText(in);
      var claims = readText(in);
      var roles = readText(in);
      var user =
          new VerifiedUser(
              claims.isEmpty() ? TokenSet.payload(idToken) : claims,
              roles.isEmpty() ? Set.of() : Set.of(roles.split("\n", -1)));
      var set =
          new TokenSet(accessToken, idToken, refreshToken, scope, receivedAt, expiresAt, user);
      return new SessionTokens(realm, publicUrl, loggedInAt, set);
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

  private static SessionTokens nobodys() {
    // {} as claims: a user without issuer and subject
    var nobody = new VerifiedUser("{}", Set.of());
    return new SessionTokens(
        "", "", 0, new TokenSet("", ".e30.", Optional.empty(), "", 0, 0, nobody));
  }

  private Object readResolve() {
    return tokens;
  }
}

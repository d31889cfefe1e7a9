package io.gatehouse.internal.session;

import java.io.EOFException;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The serialized form of {@link SessionTokens} for a session store or another node: a format
 * version and length-prefixed texts, never an object graph. An unreadable version or content
 * becomes tokens of no configuration, so that the user logs in again and the rest of the session is
 * kept.
 */
final class SessionForm implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int FORMAT_VERSION = 3;

  private transient SessionTokens tokens;

  SessionForm(SessionTokens tokens) {
    this.tokens = tokens;
  }

  private void writeObject(ObjectOutputStream out) throws IOException {
    out.writeInt(FORMAT_VERSION);
    out.writeLong(tokens.loggedInAt());
    TokenSetForm.writeText(tokens.registration(), out);
    TokenSetForm.writeText(tokens.publicUrl(), out);
    TokenSetForm.write(tokens.current(), out);
  }

  private void readObject(ObjectInputStream in) throws IOException {
    var read = read(in);
    tokens = read == null ? nobodys() : read;
  }

  private static @Nullable SessionTokens read(ObjectInputStream in) throws IOException {
    try {
      if (in.readInt() != FORMAT_VERSION) {
        return null;
      }
      var loggedInAt = in.readLong();
      var registration = TokenSetForm.readText(in);
      var publicUrl = TokenSetForm.readText(in);
      return new SessionTokens(registration, publicUrl, loggedInAt, TokenSetForm.read(in));
    } catch (EOFException | RuntimeException corrupt) {
      return null;
    }
  }

  private static SessionTokens nobodys() {
    // {} as claims: a user without issuer and subject
    var nobody = new VerifiedUser("{}", Set.of());
    return new SessionTokens(
        "", "", 0, new TokenSet("", ".e30.", Optional.empty(), "", 0, 0, nobody, 0));
  }

  private Object readResolve() {
    return tokens;
  }
}

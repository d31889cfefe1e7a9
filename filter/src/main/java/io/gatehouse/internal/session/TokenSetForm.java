package io.gatehouse.internal.session;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The serialized form of a {@link TokenSet} for another node: numbers and length-prefixed texts,
 * never an object graph.
 */
public final class TokenSetForm {
  private static final byte VERSION = 1;
  private static final int MAX_BYTES = 1 << 20;

  private TokenSetForm() {}

  public static byte[] toBytes(TokenSet set) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      write(set, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // never thrown in memory
    }
    return bytes.toByteArray();
  }

  /** Reads the tokens; empty if the bytes are not in this form. */
  public static Optional<TokenSet> fromBytes(byte[] bytes) {
    try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      if (in.readByte() != VERSION) {
        return Optional.empty();
      }
      var set = read(in);
      return in.available() == 0 ? Optional.of(set) : Optional.empty();
    } catch (IOException | RuntimeException ofAnotherVersion) {
      return Optional.empty();
    }
  }

  static void write(TokenSet set, DataOutput out) throws IOException {
    var user = set.user();
    var claims = user.isOfIdToken(set.idToken()) ? "" : user.claimsJson();
    out.writeLong(set.receivedAt());
    out.writeLong(set.expiresAt());
    out.writeLong(set.generation());
    for (var text :
        List.of(
            set.accessToken(),
            set.idToken(),
            set.refreshToken().orElse(""),
            set.scope(),
            claims,
            String.join("\n", user.roles()))) {
      writeText(text, out);
    }
  }

  static TokenSet read(DataInput in) throws IOException {
    var receivedAt = in.readLong();
    var expiresAt = in.readLong();
    var generation = in.readLong();
    var accessToken = readText(in);
    var idToken = readText(in);
    var refreshToken = Optional.of(readText(in)).filter(it -> !it.isEmpty());
    var scope = readText(in);
    var claims = readText(in);
    var roles = roles(readText(in));
    var user =
        claims.isEmpty() ? VerifiedUser.ofIdToken(idToken, roles) : new VerifiedUser(claims, roles);
    return new TokenSet(
        accessToken, idToken, refreshToken, scope, receivedAt, expiresAt, user, generation);
  }

  private static Set<String> roles(String lines) {
    return lines.isEmpty() ? Set.of() : Set.of(lines.split("\n", -1));
  }

  static void writeText(String text, DataOutput out) throws IOException {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  static String readText(DataInput in) throws IOException {
    var length = in.readInt();
    if (length < 0 || length > MAX_BYTES) {
      throw new EOFException("no text has that length");
    }
    var bytes = new byte[length];
    in.readFully(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}

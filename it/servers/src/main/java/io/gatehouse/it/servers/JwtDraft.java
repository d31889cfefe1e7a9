package io.gatehouse.it.servers;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A valid ID token of the lying server, which a test changes in one respect. Values are JSON texts.
 */
public final class JwtDraft {
  private final ServerKey key;
  private final Map<String, String> header;
  private final Map<String, String> claims;

  private JwtDraft(ServerKey key, Map<String, String> header, Map<String, String> claims) {
    this.key = key;
    this.header = header;
    this.claims = claims;
  }

  /** Creates a draft with the header of ES256 and these claims. */
  static JwtDraft of(ServerKey key, Map<String, String> claims) {
    var header = new LinkedHashMap<String, String>();
    header.put("alg", "\"ES256\"");
    header.put("typ", "\"JWT\"");
    header.put("kid", "\"" + key.kid() + "\"");
    return new JwtDraft(key, header, new LinkedHashMap<>(claims));
  }

  public JwtDraft claim(String name, String json) {
    return new JwtDraft(key, header, with(claims, name, json));
  }

  public JwtDraft text(String name, String text) {
    return claim(name, "\"" + text + "\"");
  }

  /** Sets a claim to a time the given number of seconds from now. */
  public JwtDraft time(String name, long secondsFromNow) {
    return claim(name, String.valueOf(System.currentTimeMillis() / 1000 + secondsFromNow));
  }

  public JwtDraft without(String claim) {
    var rest = new LinkedHashMap<>(claims);
    rest.remove(claim);
    return new JwtDraft(key, header, rest);
  }

  public JwtDraft header(String name, String json) {
    return new JwtDraft(key, with(header, name, json), claims);
  }

  public JwtDraft withoutHeader(String name) {
    var rest = new LinkedHashMap<>(header);
    rest.remove(name);
    return new JwtDraft(key, rest, claims);
  }

  private static Map<String, String> with(Map<String, String> members, String name, String json) {
    var changed = new LinkedHashMap<>(members);
    changed.put(name, json);
    return changed;
  }

  private static String object(Map<String, String> members) {
    return members.entrySet().stream()
        .map(it -> "\"" + it.getKey() + "\":" + it.getValue())
        .collect(Collectors.joining(",", "{", "}"));
  }

  public String claims() {
    return object(claims);
  }

  /** Returns the signing input. */
  public String input() {
    return input(object(header));
  }

  private String input(String headerText) {
    return ServerKey.base64Url(headerText) + "." + ServerKey.base64Url(claims());
  }

  /** Returns the token, signed by the server's key. */
  public String signed() {
    return signedBy(key);
  }

  public String signedBy(ServerKey another) {
    return input() + "." + another.sign(input());
  }

  /** Returns the token, signed by the server's key, with this text as the header. */
  public String signedWithHeader(String headerText) {
    var input = input(headerText);
    return input + "." + key.sign(input);
  }

  /** Returns the token, signed by the server's key, with this text as the payload. */
  public String signedWithPayload(String payload) {
    var input = ServerKey.base64Url(object(header)) + "." + ServerKey.base64Url(payload);
    return input + "." + key.sign(input);
  }

  /** Returns the token with this text instead of a signature. */
  public String with(String signature) {
    return input() + "." + signature;
  }

  /** Returns the token, signed by HS256 with these bytes as the secret. */
  public String signedByHmac(byte[] secret) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      var hash = mac.doFinal(input().getBytes(StandardCharsets.US_ASCII));
      return with(ServerKey.base64Url(hash));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String toString() {
    return "JwtDraft[hidden]";
  }
}

package io.gatehouse.internal.message;

/**
 * The faults of keys, secrets and algorithms, as formats whose first argument is the name of the
 * property. No text quotes a key or secret.
 */
public final class KeyFaults {
  // Which keys are set

  public static final String KEY_MISSING =
      "GH201 %s is missing, and so is gatehouse.client-secret. Set one of them: every request is"
          + " signed.";
  public static final String VERIFIER_KEY_MISSING =
      "GH202 %s is missing. The Verifier knows its clients by their key: set a private JWK, or file:"
          + " or classpath: with its location.";
  public static final String DECRYPTION_KEY_MISSING =
      "GH203 %s is missing. ID tokens are encrypted: set the private key that decrypts them.";
  public static final String ALGORITHM_WITHOUT_KEY =
      "GH204 %s is %s, which needs %s. Set that property, or choose another algorithm.";
  public static final String UNKNOWN_JCA_PROVIDER =
      "GH205 %s is not a security provider of this Java platform. Its providers are %s.";
  public static final String REFUSED_BY_PROVIDER =
      "GH206 %s: the security provider does not sign with the configured key and %s. Choose"
          + " another provider, or remove the property.";

  // The content of a key

  public static final String SHORT_SECRET =
      "GH211 %s has %d bytes; HMAC needs a secret of at least %d bytes. Create a longer one"
          + " (openssl rand -base64 48), and set it at the authorization server too.";
  public static final String SHORT_SECRET_FOR_ALGORITHM =
      "GH212 %s: %s needs a secret of at least %d bytes. Create a longer one, or use HS256.";
  public static final String UNKNOWN_FORMAT =
      "GH213 %s is neither a private JWK, nor PEM (BEGIN PRIVATE KEY), nor a PKCS12 store."
          + " Set a private key, and convert another format: openssl pkcs8 -topk8 -nocrypt -in old"
          + " -out new.";
  public static final String NEITHER_JWK_NOR_PEM =
      "GH214 %s is neither a private JWK nor PEM (BEGIN PRIVATE KEY). Set a private key, and"
          + " convert another format: openssl pkcs8 -topk8 -nocrypt -in old -out new.";
  public static final String ENCRYPTED_PEM =
      "GH215 %s is an encrypted PEM file. Put the key into a PKCS12 store to keep it under a"
          + " password.";
  public static final String OLD_PEM =
      "GH216 %s is in the old PEM format. Convert it: openssl pkcs8 -topk8 -nocrypt -in old -out"
          + " new.";
  public static final String BROKEN_PEM =
      "GH217 %s is PEM with invalid base64. Export the key again.";
  public static final String PEM_WITHOUT_KEY =
      "GH218 %s is PEM without a private EC, RSA or Ed25519 key (explicit curve parameters and"
          + " RSASSA-PSS keys are not supported). Create a key with the keygen command.";
  public static final String INVALID_JWK =
      "GH219 %s is not a JWK with a private EC, RSA or OKP key. Create a key with the keygen command.";
  public static final String PUBLIC_JWK = "GH220 %s is a public JWK. Set the private one.";
  public static final String JWK_NOT_FOR_SIGNING =
      "GH221 %s is a JWK whose member use is not sig. Set the signing key, or remove the member"
          + " use.";
  public static final String JWK_NOT_FOR_ENCRYPTION =
      "GH222 %s is a JWK whose member use is not enc. Set the decryption key, or remove the member"
          + " use.";
  public static final String UNSUPPORTED_ALG =
      "GH223 %s is a JWK with an unsupported alg. Remove the member alg, or create another key.";
  public static final String WRONG_PASSWORD =
      "GH224 %s is a PKCS12 store that gatehouse.signing-key-password does not open. Correct the"
          + " password.";
  public static final String STORE_WITHOUT_KEY =
      "GH225 %s is a PKCS12 store without a private key. Import the key into the store.";
  public static final String UNSUPPORTED_KEY =
      "GH226 %s must be EC P-256 or P-384, RSA of at least 2048 bits, or Ed25519. Create a key with the"
          + " keygen command.";
  public static final String UNSUPPORTED_CURVE =
      "GH227 %s is on an unsupported curve. Use P-256 or P-384.";
  public static final String PUBLIC_HALF_MISSING =
      "GH228 %s has no public half that can be derived. Use a JWK.";
  public static final String WRONG_PUBLIC_HALF =
      "GH229 %s has a public half that does not belong to its private half. Export the key again.";
  public static final String UNSUPPORTED_DID_KEY =
      "GH230 %s must be an EC key on the curve P-256 to have a did:key. Create a key with the"
          + " keygen command.";
  public static final String UNWRITABLE_JWK =
      "GH231 %s cannot be written as a JWK. Use a key that is stored in software.";
  public static final String LINE_ENDS_AS_TEXT =
      "GH232 %s is PEM with \\n as text instead of line ends. Put it into a file, or use real line"
          + " ends.";
  public static final String DER =
      "GH233 %s is a private key in DER. Convert it: openssl pkcs8 -topk8 -nocrypt -inform DER -in old"
          + " -out new.";
  public static final String PASSWORD_MISSING =
      "GH234 %s is a PKCS12 store. Set gatehouse.signing-key-password to its password.";
  public static final String WRONG_ENCODING =
      "GH235 %s is in UTF-16 or begins with a byte order mark. Save it in UTF-8 without one.";

  // The use of a key

  public static final String KEY_MISFIT =
      "GH241 %s is not a key for %s. Set another algorithm, or another key.";
  public static final String SIGNING_KEY_MISFIT =
      "GH242 %s: %s does not fit the signing key. Set another algorithm, or another key.";
  public static final String SECRET_MISFIT =
      "GH243 %s: %s does not sign with a client secret. Choose HS256, HS384 or HS512.";
  public static final String KEY_OF_TWO_USES =
      "GH244 %s is a signing key. Create another one: a key has one use (RFC 7517 section 4.2).";

  private KeyFaults() {}
}

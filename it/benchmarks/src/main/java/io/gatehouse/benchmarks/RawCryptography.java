package io.gatehouse.benchmarks;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.Signature;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The JDK's own operations, measured in the same run, so that each of our figures is a ratio. */
@Fork(
    value = 2,
    jvmArgs = {"-Xms2g", "-Xmx2g"})
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class RawCryptography {
  private final KeyPair key = new Application(Map.of()).key();
  private final SecureRandom random = new SecureRandom();
  private final byte[] signingInput = new byte[900]; // the size of a request object
  private final byte[] content = new byte[200];
  private final byte[] loginId = new byte[24];
  private final SecretKeySpec macKey = new SecretKeySpec(random.generateSeed(32), "HmacSHA256");
  private final SecretKeySpec sealKey = new SecretKeySpec(random.generateSeed(32), "AES");

  /** Signs with the key that signs the request objects. */
  @Benchmark
  public byte[] es256() throws GeneralSecurityException {
    var signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(key.getPrivate());
    signature.update(signingInput);
    return signature.sign();
  }

  @Benchmark
  public byte[] hmac() throws GeneralSecurityException {
    var mac = Mac.getInstance("HmacSHA256");
    mac.init(macKey);
    return mac.doFinal(loginId);
  }

  @Benchmark
  public byte[] aesGcm() throws GeneralSecurityException {
    var nonce = new byte[12];
    random.nextBytes(nonce);
    var cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(Cipher.ENCRYPT_MODE, sealKey, new GCMParameterSpec(128, nonce));
    return cipher.doFinal(content);
  }

  @Benchmark
  public byte[] random() {
    var bytes = new byte[16];
    random.nextBytes(bytes);
    return bytes;
  }
}

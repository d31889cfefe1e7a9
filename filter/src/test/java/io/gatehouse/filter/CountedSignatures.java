package io.gatehouse.filter;

import java.nio.ByteBuffer;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.Signature;
import java.security.SignatureException;
import java.security.SignatureSpi;
import java.security.spec.AlgorithmParameterSpec;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jose4j.jwa.AlgorithmFactoryFactory;
import org.jspecify.annotations.Nullable;

/** Counts the ES256 signatures that this JVM makes, until it is closed. */
public final class CountedSignatures implements AutoCloseable {
  private static final String NAME = "CountedSignatures";

  private final AtomicInteger count = new AtomicInteger();

  public CountedSignatures() {
    AlgorithmFactoryFactory.getInstance(); // signs when it is first used
    Security.insertProviderAt(new Counting(count), 1);
  }

  public int count() {
    return count.get();
  }

  @Override
  public void close() {
    Security.removeProvider(NAME);
  }

  private static final class Counting extends Provider {
    private static final long serialVersionUID = 1L;

    Counting(AtomicInteger count) {
      super(NAME, "1", "hands on to SunEC");
      for (var name : List.of("SHA256withECDSA", "SHA256withECDSAinP1363Format")) {
        putService(new CountingService(this, name, count));
      }
    }
  }

  private static final class CountingService extends Provider.Service {
    private final AtomicInteger count;

    CountingService(Provider provider, String algorithm, AtomicInteger count) {
      super(provider, "Signature", algorithm, Handing.class.getName(), List.of(), Map.of());
      this.count = count;
    }

    @Override
    public Object newInstance(@Nullable Object parameter) throws NoSuchAlgorithmException {
      try {
        return new Handing(Signature.getInstance(getAlgorithm(), "SunEC"), count);
      } catch (GeneralSecurityException e) {
        throw new NoSuchAlgorithmException(e);
      }
    }
  }

  private static final class Handing extends SignatureSpi {
    private final Signature signature;
    private final AtomicInteger count;

    Handing(Signature signature, AtomicInteger count) {
      this.signature = signature;
      this.count = count;
    }

    @Override
    protected void engineInitVerify(PublicKey key) throws InvalidKeyException {
      signature.initVerify(key);
    }

    @Override
    protected void engineInitSign(PrivateKey key) throws InvalidKeyException {
      signature.initSign(key);
    }

    @Override
    protected void engineUpdate(byte b) throws SignatureException {
      signature.update(b);
    }

    @Override
    protected void engineUpdate(byte[] bytes, int offset, int length) throws SignatureException {
      signature.update(bytes, offset, length);
    }

    @Override
    protected void engineUpdate(ByteBuffer input) {
      try {
        signature.update(input);
      } catch (SignatureException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    protected byte[] engineSign() throws SignatureException {
      count.incrementAndGet();
      return signature.sign();
    }

    @Override
    protected boolean engineVerify(byte[] bytes) throws SignatureException {
      return signature.verify(bytes);
    }

    @Override
    protected void engineSetParameter(@Nullable AlgorithmParameterSpec parameters) {}

    @Override
    protected @Nullable AlgorithmParameters engineGetParameters() {
      return null;
    }

    @Override
    @Deprecated
    protected void engineSetParameter(String name, Object value) {
      throw new UnsupportedOperationException(name);
    }

    @Override
    @Deprecated
    protected Object engineGetParameter(String name) {
      throw new UnsupportedOperationException(name);
    }
  }
}

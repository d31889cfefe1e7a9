package io.gatehouse.internal.jose;

import java.security.Provider;
import java.security.Security;
import java.util.Arrays;
import java.util.Optional;
import org.jose4j.jca.ProviderContext;

/**
 * Who computes signatures: one of the security providers of this Java platform, in place of the
 * first that can (Java Cryptography Architecture).
 */
public final class JcaProvider {
  private final ProviderContext context = new ProviderContext();

  private JcaProvider(String name) {
    context.getSuppliedKeyProviderContext().setSignatureProvider(name);
  }

  /** The provider of this name; empty if the platform has none. */
  public static Optional<JcaProvider> named(String name) {
    return Optional.ofNullable(Security.getProvider(name))
        .map(Provider::getName)
        .map(JcaProvider::new);
  }

  /** The names of all providers that the platform has. */
  public static String names() {
    return String.join(
        ", ", Arrays.stream(Security.getProviders()).map(Provider::getName).toList());
  }

  ProviderContext context() {
    return context;
  }
}

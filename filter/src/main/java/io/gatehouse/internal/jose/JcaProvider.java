package io.gatehouse.internal.jose;

import java.security.Provider;
import java.security.Security;
import java.util.Arrays;
import java.util.Optional;
import org.jose4j.jca.ProviderContext;

/**
 * The security provider of this Java platform that computes signatures, instead of the first
 * suitable one (Java Cryptography Architecture).
 */
public final class JcaProvider {
  private final ProviderContext context = new ProviderContext();

  private JcaProvider(String name) {
    context.getSuppliedKeyProviderContext().setSignatureProvider(name);
  }

  /** Returns the provider of a name; empty if the platform has no such provider. */
  public static Optional<JcaProvider> named(String name) {
    return Optional.ofNullable(Security.getProvider(name))
        .map(Provider::getName)
        .map(JcaProvider::new);
  }

  /** Returns the names of all providers of the platform. */
  public static String names() {
    return String.join(
        ", ", Arrays.stream(Security.getProviders()).map(Provider::getName).toList());
  }

  ProviderContext context() {
    return context;
  }
}

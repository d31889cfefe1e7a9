package io.gatehouse.holes;

import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** A source of properties of the application that fails. */
public final class ThrowingSource implements ConfigSource {
  /** For MicroProfile Config. */
  public ThrowingSource() {}

  @Override
  public Set<String> getPropertyNames() {
    return Set.of("broken.store");
  }

  @Override
  public String getValue(String name) {
    if (name.startsWith("gatehouse.")) {
      throw new IllegalStateException("the application's store of properties is broken");
    }
    return null;
  }

  @Override
  public String getName() {
    return "throwing";
  }
}

package io.gatehouse.holes;

import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** A source of properties of the application that fails by an error. */
public final class ErringSource implements ConfigSource {
  /** For MicroProfile Config. */
  public ErringSource() {}

  @Override
  public Set<String> getPropertyNames() {
    return Set.of("erring.store");
  }

  @Override
  public String getValue(String name) {
    if (name.startsWith("gatehouse.")) {
      throw new AssertionError("the application's store of properties is in error");
    }
    return null;
  }

  @Override
  public String getName() {
    return "erring";
  }
}

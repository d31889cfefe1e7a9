package io.gatehouse.internal.observability;

import io.gatehouse.internal.message.Warnings;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Guards each call of {@link Telemetry} and of its steps: a fault is suppressed, and logged at most
 * once a minute. OpenTelemetry extensions may throw, and its API may be outdated. Neither may break
 * a user's login, or lose the response that sets a session's new tokens.
 */
final class HarmlessTelemetry {
  private final RareWarning faults;

  private HarmlessTelemetry(Clock clock) {
    this.faults = new RareWarning(clock);
  }

  /** Returns the same signals, protected against their faults. */
  static Telemetry of(Telemetry signals, Clock clock) {
    return new HarmlessTelemetry(clock).guard(Telemetry.class, signals);
  }

  private <T> T guard(Class<T> type, T signals) {
    InvocationHandler handler = (proxy, method, arguments) -> call(signals, method, arguments);
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private @Nullable Object call(Object signals, Method method, Object @Nullable [] arguments)
      throws Throwable {
    try {
      var result = method.invoke(signals, arguments);
      return result instanceof Telemetry.Step step ? guard(Telemetry.Step.class, step) : result;
    } catch (InvocationTargetException e) {
      if (!(e.getCause() instanceof RuntimeException || e.getCause() instanceof LinkageError)) {
        throw e.getCause();
      }
      faults.log(Warnings.TELEMETRY_FAILS, e.getCause().getClass().getName());
      return instead(method.getReturnType());
    }
  }

  private static @Nullable Object instead(Class<?> type) {
    if (type == Telemetry.Step.class) {
      return Telemetry.Step.UNSEEN;
    }
    return type == Optional.class ? Optional.empty() : null;
  }
}

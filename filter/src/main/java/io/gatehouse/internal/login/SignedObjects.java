package io.gatehouse.internal.login;

import io.gatehouse.internal.protocol.Client;
import io.gatehouse.internal.protocol.LoginKeyRing;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The request objects that were signed last. Anyone who has a handle can fetch its object again and
 * again, and a signature costs a hundred times as much as opening the handle. The least recently
 * fetched objects are dropped: whoever fetches more handles than fit causes no more signatures than
 * with new handles.
 */
final class SignedObjects {
  static final int MAX_OBJECTS = 500; // of at most 4 KiB each

  /**
   * The identity of an object: that of its login, and everything that the object depends on.
   *
   * @param client the client, which changes together with the key that signs
   */
  private record Key(String jti, String detail, Client client) {
    @Override
    public String toString() {
      return "Key[hidden]";
    }
  }

  private final Map<Key, Signed> objects = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * Returns the object of a login.
   *
   * @param sign signs the object; called only if the object is not at hand
   */
  String of(LoginKeyRing.Opened opened, Supplier<String> sign) {
    var login = opened.login();
    return find(new Key(login.jti(), opened.detail(), login.client())).get(sign);
  }

  private synchronized Signed find(Key key) {
    var found = objects.computeIfAbsent(key, it -> new Signed());
    if (objects.size() > MAX_OBJECTS) {
      objects.remove(objects.keySet().iterator().next());
    }
    return found;
  }

  private static final class Signed {
    // A lock and not synchronized: a virtual thread that waits here must not pin its carrier.
    private final ReentrantLock signing = new ReentrantLock();
    private @Nullable String object;

    String get(Supplier<String> sign) {
      signing.lock();
      try {
        var known = object;
        if (known == null) {
          known = sign.get();
          object = known;
        }
        return known;
      } finally {
        signing.unlock();
      }
    }
  }
}

package io.gatehouse.internal.access;

import io.gatehouse.filter.FakeRequest;
import io.gatehouse.internal.config.LenientReading;
import java.nio.charset.StandardCharsets;

/** A path that needs no login needs none by any of its readings. */
public final class PathFuzz {
  private static final AccessRules RULES =
      Rules.open("/", "/about", "/docs/", "/open/*", "/static/*")
          .role("/open/admin/*", "admin")
          .role("/static/secret", "admin")
          .acr("/open/pay", "gold")
          .rules();

  private PathFuzz() {}

  /** For Jazzer: the target of a request, in the application's context. */
  public static void fuzzerTestOneInput(byte[] input) {
    var target = "/" + new String(input, StandardCharsets.ISO_8859_1);
    var request = FakeRequest.get(target);
    var path = RequestPath.of(request.http());
    checkReturn(path.returnPath(request.http()).orElse("/"));
    if (!RULES.of(request.http()).isPublic()) {
      return; // refused, or sent to log in
    }
    for (var reading : LenientReading.of(target.split("\\?", 2)[0])) {
      if (!RULES.of("GET", reading).isPublic()) {
        throw new IllegalStateException("public, and read as " + reading);
      }
    }
  }

  private static void checkReturn(String returnPath) {
    if (!returnPath.startsWith("/")
        || returnPath.startsWith("//")
        || returnPath.length() > 2048
        || returnPath.chars().anyMatch(it -> it <= 0x20 || it >= 0x7F || it == '\\')) {
      throw new IllegalStateException("a return to " + returnPath);
    }
  }
}

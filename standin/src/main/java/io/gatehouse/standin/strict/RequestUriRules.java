package io.gatehouse.standin.strict;

import io.gatehouse.standin.request.RequestObjectFetch.Fetched;
import java.util.ArrayList;
import java.util.List;

/** Rules for {@code request_uri} and the response to its fetch (RFC 9101, 5.2). */
public final class RequestUriRules {

  private static final String MEDIA_TYPE = "application/oauth-authz-req+jwt";
  private static final int LONGEST_URI = 512;
  private static final int MAX_BYTES = 4096;

  private RequestUriRules() {}

  /** Returns a text for each rule that is broken. */
  public static List<String> violations(String requestUri, Fetched fetched) {
    var found = new ArrayList<String>();
    var headers = fetched.response().headers();
    if (!headers.allValues("Content-Type").equals(List.of(MEDIA_TYPE))) {
      found.add("fetch: Content-Type is not exactly " + MEDIA_TYPE);
    }
    if (!fetched.body().equals(fetched.compact())) {
      found.add("fetch: the body has something around the JWS");
    }
    if (fetched.response().body().length > MAX_BYTES) {
      found.add("fetch: the body is over 4 KiB");
    }
    if (headers.firstValue("Set-Cookie").isPresent()) {
      found.add("fetch: the answer sets a cookie");
    }
    if (headers.allValues("Cache-Control").stream().noneMatch(v -> v.contains("no-store"))) {
      found.add("fetch: Cache-Control is not no-store");
    }
    if (requestUri.length() > LONGEST_URI) {
      found.add("authorize: request_uri is over 512 characters"); // RFC 9101, 5.2
    }
    return found;
  }
}

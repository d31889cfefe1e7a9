package io.gatehouse.junit;

import java.util.Map;

/**
 * The number of calls that the application, and the browsers that it redirected, made to the
 * Verifier.
 *
 * @param discovery fetches of the metadata
 * @param jwks fetches of the Verifier's keys
 * @param authorizationRequests visits of browsers at the authorization endpoint
 * @param requestObjects request objects that the Verifier fetched from the application
 * @param tokenRequests exchanges of a code for tokens
 * @param refreshes refreshes of tokens
 * @param revocations calls of the revocation endpoint
 * @param logOuts visits of browsers at the end_session endpoint
 * @param apiCalls calls of the stand-in's API, {@code /api/offerings}
 */
public record Counts(
    long discovery,
    long jwks,
    long authorizationRequests,
    long requestObjects,
    long tokenRequests,
    long refreshes,
    long revocations,
    long logOuts,
    long apiCalls) {

  static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0, 0, 0);

  static Counts of(Map<String, String> byName) {
    return new Counts(
        count(byName, "discovery"),
        count(byName, "jwks"),
        count(byName, "authorize"),
        count(byName, "requestObject"),
        count(byName, "token"),
        count(byName, "refresh"),
        count(byName, "revoke"),
        count(byName, "endSession"),
        count(byName, "api"));
  }

  private static long count(Map<String, String> byName, String name) {
    var count = byName.get(name);
    if (count == null) {
      throw new IllegalStateException("the stand-in does not count " + name);
    }
    return Long.parseLong(count);
  }

  Counts since(Counts before) {
    return new Counts(
        discovery - before.discovery,
        jwks - before.jwks,
        authorizationRequests - before.authorizationRequests,
        requestObjects - before.requestObjects,
        tokenRequests - before.tokenRequests,
        refreshes - before.refreshes,
        revocations - before.revocations,
        logOuts - before.logOuts,
        apiCalls - before.apiCalls);
  }
}

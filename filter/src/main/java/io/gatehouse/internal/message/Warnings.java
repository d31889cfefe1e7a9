package io.gatehouse.internal.message;

/** The warnings and errors in the log, as formats. */
public final class Warnings {
  // The application

  public static final String CLOSED = "GH401 the application is closed: %s";
  public static final String UNGUARDED =
      "GH402 a request went past the Gatehouse filter: %s. The container may have answered it"
          + " before the filters or without them; see docs/troubleshooting.md.";
  public static final String BESIDE_DOORS =
      "GH403 no filter sees requests to these classes, which are web services or remote beans: %s."
          + " Protect them by the container's own means, or remove @WebService or @Remote. If this"
          + " is intended, add %s to gatehouse.accepted-risks.";
  public static final String NO_ASYNC =
      "GH404 async requests will fail: the Gatehouse filter, or another filter of the request, does"
          + " not declare <async-supported>true</async-supported>. Add it to that filter in web.xml.";
  public static final String OBSERVER_FAILED = "GH405 an observer of %s threw %s.";
  public static final String TOKEN_WITHHELD =
      "GH406 a request to %s was sent without the access token. If it needs the token, add the"
          + " origin to gatehouse.api-origins.";

  // The authorization server

  public static final String SERVER_AWAY =
      "GH411 the authorization server does not answer yet; the next login asks again: %s";
  public static final String OBJECTS_UNFETCHED =
      "GH412 %d logins have begun on this node since the authorization server last fetched a request"
          + " object from it. Unless other nodes serve the fetches, or the visitors were robots, the"
          + " authorization server cannot reach the application: check the firewall between them,"
          + " and gatehouse.backend-url.";
  public static final String OBJECT_REFUSED =
      "GH413 rejected a request object fetch: the handle matches no pending login. The handle is"
          + " forged, or belongs to another application or key, or its login is over.";
  public static final String RENEWAL_LATER =
      "GH414 tokens could not be renewed; the renewal will be repeated: %s";
  public static final String RENEWAL_LOST =
      "GH415 tokens could not be renewed; the renewal will not be repeated, so the user has to log"
          + " in when the access token expires: %s";
  public static final String RENEWAL_REFUSED =
      "GH416 tokens could not be renewed, since the authorization server refuses this client; the"
          + " renewal will be repeated: %s";
  public static final String REVOCATION_FAILED = "GH417 a refresh token could not be revoked: %s";
  public static final String LOGOUT_REFUSED =
      "GH418 a back-channel logout was refused, so no session has ended: %s";
  public static final String LOGOUT_POSTPONED =
      "GH419 a back-channel logout could not be carried out; the authorization server was asked to"
          + " repeat it: %s";

  // Keys, the shared cache, telemetry and the log

  public static final String KEYS_UNUSABLE =
      "GH421 changed keys or secrets are unusable; keeping the previous ones: %s";
  public static final String LOGOUTS_NOT_SHARED =
      "GH422 the cache of gatehouse.shared fails, so logouts by the authorization server may not"
          + " reach this node: %s";
  public static final String RENEWALS_NOT_SHARED =
      "GH423 the cache of gatehouse.shared fails, so tokens may not be renewed: %s";
  public static final String TELEMETRY_FAILS =
      "GH424 metrics and traces are incomplete: OpenTelemetry fails (%s).";
  public static final String SUPPRESSED =
      "GH425 %s similar messages suppressed, since too many came at once; the metrics count all";
  public static final String ROLES_OF_ANOTHER =
      "GH426 no roles were read from an access token, since its sub is another than that of the ID"
          + " token, and no at_hash binds the two.";

  private Warnings() {}
}

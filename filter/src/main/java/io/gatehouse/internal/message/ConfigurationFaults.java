package io.gatehouse.internal.message;

/**
 * The faults of the configuration, as formats whose first argument is the name of the property. The
 * texts are compile-time constants, so that no class has to be loaded for them.
 */
public final class ConfigurationFaults {
  // Values in general

  public static final String UNKNOWN_PROPERTY =
      "GH101 %s is not a property of Gatehouse. Did you mean %s?";
  public static final String INVALID_URL =
      "GH102 %s must be an absolute https URL without query and fragment (http is accepted on"
          + " loopback only).";
  public static final String INVALID_DURATION =
      "GH103 %s must be a duration from %s to %s, such as 30s, 5m or PT30S.";
  public static final String INVALID_NUMBER = "GH104 %s must be a whole number from %d to %d.";
  public static final String INVALID_BOOLEAN = "GH105 %s must be true or false.";
  public static final String NOT_ONE_OF = "GH106 %s must be one of %s.";
  public static final String NOT_A_LIST_OF = "GH107 %s must be a list of %s.";
  public static final String PATH_WITHOUT_SCHEME =
      "GH108 %s is the path of a file. Put file: before it.";
  public static final String FILE_ABSENT =
      "GH109 %s names a file that does not exist. Create it (a key: with the keygen command), or"
          + " correct the path.";
  public static final String UNREADABLE =
      "GH110 %s names a location that cannot be read (%s). Give the container's operating-system"
          + " user read access to the file, or correct the location.";

  public static final String NO_EFFECT =
      "GH111 %s has no effect unless gatehouse.id-token.encryption-alg is set. Set it, or remove this"
          + " property.";
  public static final String IN_QUOTATION_MARKS =
      "GH112 %s is in quotation marks. Remove them: they would be a part of the value.";
  public static final String UNRESOLVED =
      "GH113 %s contains an expression such as ${NAME} that has no value. Set the variable, or write"
          + " the value itself.";
  public static final String INVALID_HOST =
      "GH114 %s has a host name with other characters than letters, digits, hyphens and dots. Use"
          + " another name of the host; international names begin with xn--.";
  public static final String SCHEME_NOT_LOWER_CASE =
      "GH115 %s must begin with https in lower case.";

  // The authorization server and the client

  public static final String ISSUER_MISSING =
      "GH121 %s is missing. Set it to the authorization server's issuer, for example"
          + " https://verifier.example.";
  public static final String CLIENT_ID_MISSING =
      "GH122 %s is missing. Set it to the client id under which the authorization server knows"
          + " this application.";
  public static final String CLIENT_ID_DERIVED =
      "GH123 %s must be left out: with provider verifier it is the signing key's did:key, %s.";
  public static final String INVALID_SCOPE =
      "GH124 %s must be a list of scopes separated by spaces, with openid among them.";
  public static final String NOT_HOSTED =
      "GH125 %s must have the value hosted with provider verifier: the Verifier fetches every"
          + " request object.";
  public static final String PUSHED_ENDPOINT_MISSING =
      "GH126 %s is missing. Set it to the authorization server's endpoint for pushed requests:"
          + " gatehouse.request-mode is pushed, and no metadata is fetched, since all other"
          + " endpoints are set.";
  public static final String TRUSTSTORE_EMPTY =
      "GH127 %s contains no certificate, or gatehouse.http.truststore-password is missing. Import"
          + " a certificate with keytool, or set the password.";
  public static final String TRUSTSTORE_UNREADABLE =
      "GH128 %s cannot be opened: the file is not a PKCS12 or JKS store, or"
          + " gatehouse.http.truststore-password is wrong or missing. Convert the file with"
          + " keytool, or correct the password.";
  public static final String CLIENT_KEY_UNREADABLE =
      "GH129 %s is set, and the client's key of javax.net.ssl.keyStore cannot be opened. Correct the"
          + " system properties javax.net.ssl.keyStore, keyStorePassword and keyStoreType, or remove"
          + " them.";

  // The application

  public static final String PUBLIC_URL_MISSING =
      "GH131 %s is missing. Set it to the address of this application as browsers see it, for"
          + " example https://app.example/shop.";
  public static final String ADDRESS_TOO_LONG =
      "GH132 %s has more than %d characters. Shorten the value: authorization servers limit the"
          + " length of request_uri, which contains the value.";
  public static final String INVALID_PATH = "GH133 %s must be a plain path such as /gatehouse.";
  public static final String INVALID_LANDING_PAGE =
      "GH134 %s must be a path in the application, without the context path, such as /home.";
  public static final String INVALID_PUBLIC_PATHS =
      "GH135 %s must be a list of exact paths such as /about, prefixes such as /static/* and"
          + " extensions such as *.css, with methods if needed (POST:/hook), separated by commas; /*"
          + " is refused, since it would leave nothing protected.";
  public static final String INVALID_PROTECTED_PATHS =
      "GH136 %s must be a list of exact paths such as /account, prefixes such as /app/* and"
          + " extensions such as *.do, with methods if needed (POST:/orders).";
  public static final String CONTRADICTION =
      "GH137 %s: %s is opened here and restricted by %s of gatehouse.%s. Remove one of them, or make"
          + " one more exact.";
  public static final String INEFFECTIVE =
      "GH138 %s: %s opens nothing, since %s of gatehouse.%s is more exact. Write a prefix or an exact"
          + " path.";

  public static final String INVALID_PRIVATE_CACHE_PATHS =
      "GH139 %s must be a list of exact paths such as /logo.png, prefixes such as /assets/* and"
          + " extensions such as *.css.";

  // Access, logins and sessions

  public static final String INVALID_ROLES =
      "GH141 %s must be a list of paths in the claims such as groups or realm_access/roles (a slash"
          + " within a name is written ~1).";
  public static final String INVALID_ROLE_LINKS =
      "GH142 %s must be a list of entries such as"
          + " editor=ProductOffering:Create|ProductOffering:Update, separated by commas, with each"
          + " name once.";
  public static final String INVALID_PATH_RULES =
      "GH143 %s must be a list of entries path=requirement, separated by commas, with each path"
          + " once, such as %s.";
  public static final String INVALID_ACR_VALUES =
      "GH144 %s must be a list of acr values such as urn:example:gold, separated by single spaces,"
          + " with at most 250 characters in all.";
  public static final String INVALID_UI_LOCALES =
      "GH145 %s must be the word request, or languages such as es or en, separated by single"
          + " spaces.";
  public static final String INVALID_PROMPT =
      "GH146 %s must be login, consent or select_account, or several of them separated by spaces.";
  public static final String INVALID_PARAMETER_NAME =
      "GH147 %s must be the name of a query parameter such as login_hint, with at most 64"
          + " characters.";
  public static final String INVALID_ORIGINS =
      "GH148 %s must be a list of origins such as https://api.example, without path (http is"
          + " accepted on loopback only).";
  public static final String INVALID_REFRESH_AFTER =
      "GH149 %s must be a percentage from 10%% to 95%%: the share of an access token's lifetime"
          + " after which the token is renewed.";

  // The shared cache

  public static final String INVALID_SHARED =
      "GH151 %s must be jcache: and the name of a cache, such as jcache:gatehouse, or before it the"
          + " JNDI name of a cache manager, such as jcache:payara/CacheManager#gatehouse; or map:"
          + " and the JNDI name of a map, such as map:java:jboss/infinispan/cache/web/gatehouse.";
  public static final String JCACHE_MISSING =
      "GH152 %s needs the JCache API and a provider of it, and one of them cannot be loaded. Add"
          + " javax.cache:cache-api and a provider, such as Hazelcast, to the container or the"
          + " application.";
  public static final String CACHE_CLOSED =
      "GH153 %s: cannot open cache %s (%s). If no JCache provider is found, add one, such as"
          + " Hazelcast, to the container or the application; if several are found, choose one"
          + " with -Djavax.cache.spi.CachingProvider.";
  public static final String MAP_CLOSED =
      "GH154 %s: cannot open map %s (%s). Define a cache of that name in the container, and a"
          + " reference to the cache in web.xml, so that the container binds the cache.";

  private ConfigurationFaults() {}
}

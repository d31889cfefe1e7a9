package io.gatehouse.internal.config;

import static io.gatehouse.internal.config.ValidConfiguration.ofOidc;
import static io.gatehouse.internal.config.ValidConfiguration.ofVerifier;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.internal.access.ClaimPath;
import io.gatehouse.internal.access.LoginPolicy;
import io.gatehouse.internal.access.RoleClaims;
import io.gatehouse.internal.jose.JwsAlgorithm;
import io.gatehouse.internal.server.Endpoint;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The accepted configuration; every other value or name stops the start. */
@Tag("case-77")
class ConfigurationTest {
  private static final String CANARY = "canary";
  private static final Pattern LINE = Pattern.compile("\n  - GH[0-9]{3} (gatehouse\\.[a-z.-]+):? ");

  /** The one line names this property, and no value is in it. */
  private static void assertFault(ValidConfiguration configuration, Property named) {
    assertThat(propertiesAtFault(configuration)).containsExactly(named.fullName());
    assertThat(configuration.faults().orElse("")).doesNotContain(CANARY);
  }

  private static List<String> propertiesAtFault(ValidConfiguration configuration) {
    return LINE.matcher(configuration.faults().orElse(""))
        .results()
        .map(it -> it.group(1))
        .toList();
  }

  @Test
  void theLeastForTheVerifierIsIssuerPublicUrlAndKey() {
    var configuration = ofVerifier().read();
    assertThat(configuration.server().issuer()).isEqualTo("https://verifier.example");
    assertThat(configuration.server().idTokenIssuer()).isEqualTo("https://verifier.example");
    assertThat(configuration.server().idTokenAlgorithms()).containsExactly(JwsAlgorithm.ES256);
    assertThat(configuration.server().endpoints()).isEmpty();
    assertThat(configuration.registration().scope()).isEqualTo("openid learcredential");
    assertThat(configuration.registration().audience()).isEqualTo("https://verifier.example");
    assertThat(configuration.registration().assertionTyp()).contains("JWT");
    assertThat(configuration.keys().current().requestObjectSigner().algorithm())
        .isEqualTo(JwsAlgorithm.ES256);
    assertThat(configuration.keys().current().assertionSigner().algorithm())
        .isEqualTo(JwsAlgorithm.ES256);
    assertThat(configuration.application().path()).isEqualTo("/gatehouse");
    assertThat(configuration.application().landingPage()).isEqualTo("/");
    assertThat(configuration.application().backendUrl()).isEmpty();
    assertThat(configuration.registration().clockSkew()).isEqualTo(Duration.ofSeconds(60));
    assertThat(configuration.registration().loginTimeout()).isEqualTo(Duration.ofMinutes(5));
    assertThat(configuration.http().connectTimeout()).isEqualTo(Duration.ofSeconds(3));
    assertThat(configuration.http().timeout()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void theLeastForOtherServersIsIssuerPublicUrlClientIdAndSecret() {
    var configuration = ofOidc().read();
    assertThat(configuration.clientId()).isEqualTo("shop");
    assertThat(configuration.registration().scope()).isEqualTo("openid profile email");
    assertThat(configuration.keys().current().requestObjectSigner().algorithm())
        .isEqualTo(JwsAlgorithm.HS256);
    assertThat(configuration.keys().current().assertionSigner().algorithm())
        .isEqualTo(JwsAlgorithm.HS256);
    assertThat(configuration.keys().published()).isEmpty();
    assertThat(configuration.keys().clients()).hasSize(1);
    assertThat(configuration.server().idTokenAlgorithms())
        .contains(JwsAlgorithm.RS256, JwsAlgorithm.ES256, JwsAlgorithm.EDDSA)
        .noneMatch(JwsAlgorithm::isSymmetric);
  }

  @Test
  void aSigningKeyCanTakeThePlaceOfTheSecret() {
    var configuration =
        ofOidc()
            .without(Property.CLIENT_SECRET)
            .with(Property.SIGNING_KEY, ValidConfiguration.RFC_7515_A_3)
            .read();
    assertThat(configuration.keys().current().assertionSigner().algorithm())
        .isEqualTo(JwsAlgorithm.ES256);
    assertThat(configuration.keys().published()).hasSize(1);
  }

  @Test
  void withKeyAndSecretTheKeySignsRequestsAndTheSecretProvesTheClient() {
    var keys = ofOidc().with(Property.SIGNING_KEY, ValidConfiguration.RFC_7515_A_3).read().keys();
    assertThat(keys.current().requestObjectSigner().algorithm()).isEqualTo(JwsAlgorithm.ES256);
    assertThat(keys.current().assertionSigner().algorithm()).isEqualTo(JwsAlgorithm.HS256);
  }

  @Test
  void rfc7515AppendixA3IsKnownByItsDidKey() {
    var configuration = ofVerifier().read();
    assertThat(configuration.clientId()).isEqualTo(ValidConfiguration.RFC_7515_A_3_DID_KEY);
    assertThat(configuration.keys().published().get(0).kid())
        .isEqualTo(ValidConfiguration.RFC_7515_A_3_DID_KEY);
  }

  @Test
  void clientIdMayRepeatTheDidKey() {
    var configuration =
        ofVerifier().with(Property.CLIENT_ID, ValidConfiguration.RFC_7515_A_3_DID_KEY);
    assertThat(configuration.faults()).isEmpty();
  }

  @Test
  void publicUrlMayBeLeftOutWhileTheIssuerIsOnLoopback() {
    var configuration =
        ofVerifier().with(Property.ISSUER, "http://localhost:9000").without(Property.PUBLIC_URL);
    assertThat(configuration.faults()).isEmpty();
  }

  @Test
  void keysBeforeAndAfterAreKeysOfLoginsToo() {
    var keys =
        ofVerifier().with(Property.SIGNING_KEY_NEXT, ValidConfiguration.RFC_7517_A_2).read().keys();
    assertThat(keys.published()).hasSize(2);
    assertThat(keys.clients()).hasSize(2);
    assertThat(keys.published().get(0).kid()).isEqualTo(ValidConfiguration.RFC_7515_A_3_DID_KEY);
    assertThat(keys.published().get(1).kid()).startsWith("did:key:zDnae");
  }

  @Test
  void everythingThatCanBeSetIsUsed() {
    var configuration =
        ofVerifier()
            .with(Property.BACKEND_URL, "https://inside.example/shop")
            .with(Property.PATH, "/own/login")
            .with(Property.LANDING_PAGE, "/home?tab=1")
            .with(Property.PUBLIC_PATHS, " /about , /static/* ,")
            .with(Property.SCOPE, "openid email")
            .with(Property.CLIENT_AUTH_AUDIENCE, "https://verifier.example/token")
            .with(Property.CLIENT_AUTH_TYP, "none")
            .with(Property.ID_TOKEN_ALG, "ES384, RS256")
            .with(Property.ID_TOKEN_ISSUER, "https://other.example")
            .with(Property.ENDPOINTS_AUTHORIZATION, "https://verifier.example/a")
            .with(Property.ENDPOINTS_TOKEN, "https://token.example/t")
            .with(Property.ENDPOINTS_JWKS, "http://127.0.0.1:9000/k")
            .with(Property.CLOCK_SKEW, "0s")
            .with(Property.LOGIN_TIMEOUT, "60m")
            .with(Property.HTTP_CONNECT_TIMEOUT, "100ms")
            .with(Property.HTTP_TIMEOUT, "60s")
            .with(Property.ENDPOINTS_END_SESSION, "https://verifier.example/e")
            .with(Property.ENDPOINTS_REVOCATION, "https://other.example/r")
            .with(Property.SESSION_REFRESH_AFTER, "50%")
            .with(Property.SESSION_RETRY_LOST_REFRESH, "false")
            .with(Property.SESSION_MAX_LIFETIME, "8h")
            .with(Property.SESSION_CARRY_OVER, "basket, wishes")
            .with(Property.ROLES, "groups, https:~1~1x.example~1roles")
            .with(Property.ROLE_LINKS, "editor=a|cn=b\\,ou=c")
            .with(Property.LOGOUT_END_SESSION, "true")
            .with(Property.LOGOUT_REVOKE, "true")
            .with(Property.LOGOUT_REDIRECT_URI, "https://app.example/bye")
            .with(Property.SHARED, "jcache:gatehouse")
            .with(Property.ACR_VALUES, "gold silver")
            .with(Property.MAX_AGE, "1h")
            .with(Property.PROMPT, "login consent")
            .with(Property.UI_LOCALES, "request")
            .with(Property.LOGIN_HINT_PARAMETER, "hint")
            .read();
    assertThat(configuration.session())
        .isEqualTo(
            new Configuration.Session(
                0.5,
                false,
                Duration.ofHours(8),
                List.of("basket", "wishes"),
                Optional.of("jcache:gatehouse")));
    assertThat(configuration.access().roles())
        .isEqualTo(
            new RoleClaims(
                List.of(new ClaimPath("groups"), new ClaimPath("https:~1~1x.example~1roles")),
                Map.of("editor", Set.of("a", "cn=b,ou=c"))));
    assertThat(configuration.access().login())
        .isEqualTo(
            new LoginPolicy.ForAll(
                "gold silver",
                Optional.of(Duration.ofHours(1)),
                "login consent",
                "request",
                Optional.of("hint")));
    assertThat(configuration.logout())
        .isEqualTo(
            new Configuration.LogoutSettings(
                true, true, Optional.of(URI.create("https://app.example/bye"))));
    assertThat(configuration.application().backendUrl())
        .contains(URI.create("https://inside.example/shop"));
    assertThat(configuration.application().path()).isEqualTo("/own/login");
    assertThat(configuration.application().landingPage()).isEqualTo("/home?tab=1");
    assertThat(configuration.access().rules().open().patterns())
        .containsExactly("/about", "/static/*");
    assertThat(configuration.registration().scope()).isEqualTo("openid email");
    assertThat(configuration.registration().audience()).isEqualTo("https://verifier.example/token");
    assertThat(configuration.registration().assertionTyp()).isEmpty();
    assertThat(configuration.registration().clockSkew()).isZero();
    assertThat(configuration.registration().loginTimeout()).isEqualTo(Duration.ofHours(1));
    assertThat(configuration.server().idTokenAlgorithms())
        .containsExactlyInAnyOrder(JwsAlgorithm.ES384, JwsAlgorithm.RS256);
    assertThat(configuration.server().idTokenIssuer()).isEqualTo("https://other.example");
    assertThat(configuration.server().endpoints())
        .containsEntry(Endpoint.AUTHORIZATION, URI.create("https://verifier.example/a"))
        .containsEntry(Endpoint.TOKEN, URI.create("https://token.example/t"))
        .containsEntry(Endpoint.JWKS, URI.create("http://127.0.0.1:9000/k"));
    assertThat(configuration.http().connectTimeout()).isEqualTo(Duration.ofMillis(100));
    assertThat(configuration.http().timeout()).isEqualTo(Duration.ofSeconds(60));
  }

  @ParameterizedTest
  @EnumSource(names = {"ISSUER", "PUBLIC_URL", "SIGNING_KEY"})
  void verifierNeeds(Property missing) {
    assertFault(ofVerifier().without(missing), missing);
    assertFault(ofVerifier().with(missing, "  "), missing);
  }

  @ParameterizedTest
  @EnumSource(names = {"ISSUER", "PUBLIC_URL", "CLIENT_ID"})
  void otherServersNeed(Property missing) {
    assertFault(ofOidc().without(missing), missing);
    assertFault(ofOidc().with(missing, ""), missing);
  }

  @Test
  void aKeyOrASecretIsNeededAndItsAbsenceIsReportedOnce() {
    assertFault(ofOidc().without(Property.CLIENT_SECRET), Property.SIGNING_KEY);
    assertFault(ofVerifier().without(Property.SIGNING_KEY), Property.SIGNING_KEY);
  }

  @Test
  void aSecretDoesNotTakeThePlaceOfTheKeyThatTheVerifierKnowsItsClientsBy() {
    var configuration =
        ofVerifier()
            .without(Property.SIGNING_KEY)
            .with(Property.CLIENT_SECRET, ValidConfiguration.CLIENT_SECRET);
    assertFault(configuration, Property.SIGNING_KEY);
  }

  @ParameterizedTest
  @CsvSource({
    "PROVIDER, Verifier",
    "PROVIDER, canary",
    "ISSUER, http://verifier.canary.example",
    "ISSUER, verifier.canary.example",
    "ISSUER, https://",
    "ISSUER, https://canary@verifier.example",
    "ISSUER, https://verifier.example#canary",
    "ISSUER, https://verifier.example?canary",
    "ISSUER, ftp://canary.example",
    "ISSUER, https://verifier.example:canary",
    "PUBLIC_URL, http://canary.example",
    "PUBLIC_URL, /canary",
    "PUBLIC_URL, http://localhost.canary.example",
    "PUBLIC_URL, https://app.example?canary=1",
    "BACKEND_URL, http://canary.example",
    "PATH, canary",
    "PATH, /",
    "PATH, /canary/",
    "PATH, /canary/*",
    "PATH, //canary",
    "PATH, /canary;x",
    "PATH, /canary%2f",
    "LANDING_PAGE, canary",
    "LANDING_PAGE, //canary.example",
    "LANDING_PAGE, /\\canary.example",
    "LANDING_PAGE, https://canary.example",
    "LANDING_PAGE, /canary#x",
    "PUBLIC_PATHS, /*",
    "PUBLIC_PATHS, '/about,/*'",
    "PUBLIC_PATHS, /static/**",
    "PUBLIC_PATHS, *.can.ary",
    "PUBLIC_PATHS, GET:/*",
    "PUBLIC_PATHS, POST:/*",
    "PUBLIC_PATHS, !GET:/*",
    "PUBLIC_PATHS, OPTIONS|DELETE:/*",
    "PUBLIC_PATHS, get:/canary",
    "PROTECTED_PATHS, canary",
    "PROTECTED_PATHS, POST /canary",
    "PUBLIC_PATHS, canary/*",
    "PUBLIC_PATHS, /canary/../x",
    "SCOPE, canary",
    "SCOPE, openid-canary",
    "SCOPE, openid \"canary\"",
    "SCOPE, openid can\u00E1ry",
    "CLIENT_AUTH_ALG, canary",
    "CLIENT_AUTH_ALG, none",
    "CLIENT_AUTH_ALG, es256",
    "CLIENT_AUTH_ALG, RS256",
    "CLIENT_AUTH_ALG, ES384",
    "CLIENT_AUTH_ALG, EdDSA",
    "CLIENT_AUTH_ALG, HS256",
    "REQUEST_OBJECT_ALG, none",
    "REQUEST_OBJECT_ALG, PS256",
    "REQUEST_OBJECT_ALG, HS512",
    "ID_TOKEN_ALG, HS256",
    "ID_TOKEN_ALG, none",
    "ID_TOKEN_ALG, canary",
    "ENDPOINTS_AUTHORIZATION, http://canary.example/a",
    "ENDPOINTS_TOKEN, http://canary.example/t",
    "ENDPOINTS_TOKEN, canary",
    "ENDPOINTS_JWKS, file:/canary",
    "CLIENT_ID, canary",
    "CLIENT_ID, did:key:zDnaecanary",
    "SIGNING_KEY, canary",
    "SIGNING_KEY, {\"kty\":\"EC\"\\,\"d\":\"canary\"}",
    "SIGNING_KEY, file:/nowhere/canary.jwk",
    "SIGNING_KEY, file:nowhere/canary.jwk",
    "SIGNING_KEY, file://canary/key.jwk",
    "SIGNING_KEY, classpath:canary.jwk",
    "SIGNING_KEY_NEXT, canary",
    "SIGNING_KEY_PREVIOUS, file:/nowhere/canary",
    "CLIENT_SECRET, canary-of-less-than-32-bytes",
    "CLIENT_SECRET, file:/nowhere/canary",
    "CLOCK_SKEW, 5m1s",
    "CLOCK_SKEW, 301s",
    "CLOCK_SKEW, PT5M0.001S",
    "CLOCK_SKEW, -1s",
    "CLOCK_SKEW, PT-1S",
    "CLOCK_SKEW, 60",
    "CLOCK_SKEW, canary",
    "CLOCK_SKEW, PTcanaryS",
    "LOGIN_TIMEOUT, 29s",
    "LOGIN_TIMEOUT, 61m",
    "LOGIN_TIMEOUT, 2h",
    "LOGIN_TIMEOUT, 99999999999s",
    "LOGIN_TIMEOUT, PT99999999999999999999H",
    "HTTP_CONNECT_TIMEOUT, 99ms",
    "HTTP_CONNECT_TIMEOUT, 61s",
    "HTTP_TIMEOUT, 0s",
    "HTTP_TIMEOUT, 5 canaries",
    "HTTP_TRUSTSTORE, file:/nowhere/canary",
    "HTTP_TRUSTSTORE, canary",
    "ENDPOINTS_END_SESSION, http://canary.example/e",
    "ENDPOINTS_REVOCATION, canary",
    "SESSION_REFRESH_AFTER, 9%",
    "SESSION_REFRESH_AFTER, 96%",
    "SESSION_REFRESH_AFTER, 75",
    "SESSION_REFRESH_AFTER, canary%",
    "SESSION_RETRY_LOST_REFRESH, canary",
    "SESSION_MAX_LIFETIME, 59s",
    "SESSION_MAX_LIFETIME, 721h",
    "ROLES, /canary",
    "ROLES, canary/",
    "ROLES, canary//roles",
    "ROLES, canary~2",
    "ROLE_LINKS, canary",
    "ROLE_LINKS, =canary",
    "ROLE_LINKS, canary=",
    "ROLE_LINKS, 'canary=a,canary=b'",
    "REQUIRED_ROLES, /canary",
    "REQUIRED_ROLES, /canary=",
    "REQUIRED_ROLES, /canary=|",
    "REQUIRED_ROLES, canary=admin",
    "REQUIRED_ROLES, *.can.ary=admin",
    "REQUIRED_ROLES, 'GET:/canary=a,GET|POST:/canary=b'",
    "REQUIRED_ROLES, '/canary=a,/canary=b'",
    "REQUIRED_ACR, /canary=",
    "REQUIRED_ACR, /canary=two words",
    "REQUIRED_MAX_AGE, /canary=9s",
    "REQUIRED_MAX_AGE, /canary=721h",
    "REQUIRED_MAX_AGE, /canary=canary",
    "ACR_VALUES, can\u00E1ry",
    "MAX_AGE, 9s",
    "MAX_AGE, 721h",
    "PROMPT, none",
    "PROMPT, login none",
    "PROMPT, canary",
    "UI_LOCALES, can\u00E1ry",
    "LOGIN_HINT_PARAMETER, canary=1",
    "LOGIN_HINT_PARAMETER, canary hint",
    "LOGOUT_END_SESSION, yes",
    "LOGOUT_REVOKE, TRUE",
    "LOGOUT_REDIRECT_URI, http://canary.example/",
    "SHARED, canary",
    "SHARED, jcache:",
    "SHARED, jcache:a/canary",
    "SHARED, jcache:ldap://canary/x#a",
    "SHARED, jcache:a//canary#a",
    "SHARED, map:",
    "SHARED, map:ldap://canary/x",
    "SHARED, map:rmi:canary",
    "SHARED, jcache:#canary",
    "API_ORIGINS, http://canary.example",
    "API_ORIGINS, https://api.example/canary",
    "API_ORIGINS, https://api.example?canary",
    "API_ORIGINS, canary"
  })
  void oneWrongPropertyIsOneFaultThatNamesItAndNotItsValue(Property property, String value) {
    assertFault(ofVerifier().with(property, value.replace("\\,", ",")), property);
  }

  @Tag("case-22")
  @ParameterizedTest
  @CsvSource({
    "PUBLIC_URL, https://app.example/",
    "BACKEND_URL, https://inside.example/",
    "PATH, /"
  })
  void ourOwnAddressesHaveAtMost180Characters(Property property, String beginning) {
    var longest = beginning + "x".repeat(180 - beginning.length());
    assertThat(ofVerifier().with(property, longest).faults()).isEmpty();
    assertFault(ofVerifier().with(property, longest + "x"), property);
  }

  /** The request_uri and the login's cookie repeat them. */
  @ParameterizedTest
  @CsvSource({"ACR_VALUES, ''", "REQUIRED_ACR, /canary="})
  void theAcrValuesOfALoginHaveAtMost250Characters(Property property, String beginning) {
    var longest = beginning + "x".repeat(250);
    assertThat(ofVerifier().with(property, longest).faults()).isEmpty();
    assertFault(ofVerifier().with(property, longest + "x"), property);
  }

  @ParameterizedTest
  @ValueSource(strings = {"300s", "5m", "PT5M", "pt300s", "0ms", "PT0S"})
  void durationsHaveTwoForms(String value) {
    assertThat(ofVerifier().with(Property.CLOCK_SKEW, value).faults()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "HS256, 32, true",
    "HS384, 48, true",
    "HS512, 64, true",
    "HS384, 47, false",
    "HS512, 63, false"
  })
  @Tag("case-61")
  void aSecretIsAsLongAsItsHash(String alg, int bytes, boolean enough) {
    var configuration =
        ofOidc()
            .with(Property.CLIENT_AUTH_ALG, alg)
            .with(Property.CLIENT_SECRET, CANARY + "x".repeat(bytes - CANARY.length()));
    if (enough) {
      assertThat(configuration.faults()).isEmpty();
    } else {
      assertFault(configuration, Property.CLIENT_AUTH_ALG);
    }
  }

  @Tag("case-61")
  @Test
  void aSecretHasAtLeast32Bytes() {
    assertFault(
        ofOidc().with(Property.CLIENT_SECRET, CANARY + "x".repeat(25)), Property.CLIENT_SECRET);
  }

  @Tag("case-61")
  @ParameterizedTest
  @EnumSource(names = {"CLIENT_AUTH_ALG", "REQUEST_OBJECT_ALG"})
  void anAlgorithmOfKeysNeedsAKey(Property alg) {
    assertFault(ofOidc().with(alg, "ES256"), alg);
  }

  @ParameterizedTest
  @EnumSource(names = {"CLIENT_AUTH_ALG", "REQUEST_OBJECT_ALG"})
  void anAlgorithmThatDoesNotExistIsOneFaultThoughTheKeyIsUnusableToo(Property alg) {
    var configuration = ofVerifier().with(Property.SIGNING_KEY, CANARY).with(alg, "ES257");
    assertThat(propertiesAtFault(configuration))
        .containsExactlyInAnyOrder(Property.SIGNING_KEY.fullName(), alg.fullName());
  }

  @Test
  void anUnknownProviderIsOneFaultAndDoesNotAskForWhatAnotherWouldNeed() {
    assertThat(propertiesAtFault(ofVerifier().with(Property.PROVIDER, "verfier")))
        .containsExactly(Property.PROVIDER.fullName());
  }

  @Test
  void anUnusableKeyIsOneFaultWhateverDependsOnIt() {
    var configuration =
        ofVerifier()
            .with(Property.SIGNING_KEY, CANARY)
            .with(Property.CLIENT_ID, "did:key:zDnaeother")
            .with(Property.REQUEST_OBJECT_ALG, "ES256")
            .with(Property.CLIENT_AUTH_ALG, "ES256");
    assertFault(configuration.without(Property.CLIENT_ID), Property.SIGNING_KEY);
  }

  @Test
  void theVerifierTakesNoKeyOfAnotherCurve() {
    // RFC 8037 A.1
    var ed25519 =
        """
        {"kty":"OKP","crv":"Ed25519","d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A",\
        "x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}""";
    assertFault(ofVerifier().with(Property.SIGNING_KEY, ed25519), Property.SIGNING_KEY);
    assertThat(ofOidc().with(Property.SIGNING_KEY, ed25519).faults()).isEmpty();
  }

  @Test
  void aPublicKeyIsNoSigningKey() {
    var publicKey = ValidConfiguration.RFC_7515_A_3.replaceFirst(",\"d\":\"[^\"]+\"", "");
    assertFault(ofVerifier().with(Property.SIGNING_KEY, publicKey), Property.SIGNING_KEY);
  }

  @Test
  void allFaultsStandInOneMessage() {
    var configuration =
        ofVerifier()
            .without(Property.ISSUER)
            .with(Property.PUBLIC_URL, "http://canary.example")
            .with(Property.PUBLIC_PATHS, "/*")
            .with(Property.CLOCK_SKEW, "1h")
            .with(Property.SIGNING_KEY, CANARY)
            .with(Property.ENDPOINTS_TOKEN, "canary")
            .with(Property.HTTP_TRUSTSTORE, "canary");
    assertThat(propertiesAtFault(configuration))
        .containsExactlyInAnyOrder(
            "gatehouse.issuer",
            "gatehouse.public-url",
            "gatehouse.public-paths",
            "gatehouse.clock-skew",
            "gatehouse.signing-key",
            "gatehouse.endpoints.token",
            "gatehouse.http.truststore");
    assertThat(configuration.faults().orElse("")).contains("7 faults").doesNotContain(CANARY);
  }

  @Test
  void oneFaultIsCountedAsOne() {
    assertThat(ofVerifier().without(Property.ISSUER).faults().orElse("")).contains("1 fault in");
  }

  @Test
  void initParametersWinOverMicroProfileConfig() {
    var config = ofOidc().with(Property.SCOPE, "openid from-config").config();
    var read = ValidConfiguration.read(config, Map.of("scope", "openid from-init-param"));
    assertThat(read.registration().scope()).isEqualTo("openid from-init-param");
  }

  @Test
  void initParametersAloneAreEnough() {
    var nothing = ValidConfiguration.config(Map.of());
    assertThat(ValidConfiguration.faults(nothing, ofOidc().initParameters())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "isuer, issuer",
    "Issuer, issuer",
    "client_id, client-id",
    "client.id, client-id",
    "clientid, client-id",
    "signingkey, signing-key",
    "signing-key-nxt, signing-key-next",
    "public-path, public-paths",
    "public-uri, public-url",
    "client-auth-alg, client-auth.alg",
    "endpoint.token, endpoints.token",
    "http.trust-store, http.truststore",
    "login-time-out, login-timeout",
    "clockskew, clock-skew"
  })
  void anUnknownNameIsAFaultThatNamesTheNearestRightOne(String wrong, String right) {
    var initParameters = Map.of(wrong, CANARY);
    assertThat(ValidConfiguration.faults(ofOidc().config(), initParameters).orElse(""))
        .contains("1 fault in", "init-param " + wrong + " is not a property")
        .contains("Did you mean " + right + "?")
        .doesNotContain(CANARY);
    var named =
        Map.of(
            "gatehouse." + wrong,
            CANARY,
            "gatehouse.issuer",
            ValidConfiguration.ISSUER,
            "gatehouse.client-id",
            "shop",
            "gatehouse.public-url",
            ValidConfiguration.PUBLIC_URL,
            "gatehouse.client-secret",
            ValidConfiguration.CLIENT_SECRET);
    assertThat(ValidConfiguration.faults(ValidConfiguration.config(named), Map.of()).orElse(""))
        .contains("1 fault in", "gatehouse." + wrong + " is not a property")
        .contains("Did you mean gatehouse." + right + "?")
        .doesNotContain(CANARY);
  }

  @Test
  void namesOfOthersAreNoneOfOurs() {
    var named = Map.of("gatehouses.issuer", "x", "other.gatehouse.issuer", "x", "gatehouse", "x");
    assertThat(
            ValidConfiguration.faults(ValidConfiguration.config(named), ofOidc().initParameters()))
        .isEmpty();
  }

  @Test
  void nothingOfAConfigurationPrintsASecret() {
    var printed = ofOidc().with(Property.SIGNING_KEY, ValidConfiguration.RFC_7515_A_3).read();
    assertThat(printed.toString())
        .doesNotContain(ValidConfiguration.CLIENT_SECRET)
        .doesNotContain("jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI");
  }

  @Test
  void aProviderThatThePlatformDoesNotHaveIsAFaultThatSaysWhichItHas() {
    assertThat(ValidConfiguration.ofVerifier().with(Property.JCA_PROVIDER, "SunE").faults())
        .hasValueSatisfying(
            it ->
                assertThat(it)
                    .contains(
                        "1 fault", "gatehouse.jca-provider is not a security provider", "SunEC"));
  }

  @Test
  void aProviderThatCannotSignIsAFault() {
    assertThat(ValidConfiguration.ofVerifier().with(Property.JCA_PROVIDER, "XMLDSig").faults())
        .hasValueSatisfying(
            it ->
                assertThat(it)
                    .contains(
                        "1 fault",
                        "GH206 gatehouse.jca-provider: the security provider does not sign with the"
                            + " configured key and ES256."));
  }

  @Test
  void aProviderThatSignsIsTaken() {
    assertThat(ValidConfiguration.ofVerifier().with(Property.JCA_PROVIDER, "SunEC").faults())
        .isEmpty();
  }
}

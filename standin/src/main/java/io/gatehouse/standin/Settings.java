package io.gatehouse.standin;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** The properties {@code standin.*}; the README explains each. */
@ConfigurationProperties("standin")
record Settings(
    @DefaultValue("3.x") String line,
    @DefaultValue("false") boolean strict,
    @Nullable Duration accessTokenLifetime,
    @Nullable Duration refreshTokenLifetime,
    @DefaultValue("false") boolean rotateRefreshTokens,
    @DefaultValue("false") boolean overlappingLoginsClash,
    @DefaultValue("false") boolean vcAsString,
    @DefaultValue("0") int requestsPerMinute,
    @DefaultValue("120s") Duration loginTimeout,
    @DefaultValue("false") boolean logOut,
    @DefaultValue("false") boolean acrValues,
    @DefaultValue({"urn:example:gold", "urn:example:silver"}) List<String> supportedAcrValues,
    @DefaultValue List<ClientRegistration> clients) {

  Line verifier() {
    return Line.of(line);
  }

  Duration accessTokens() {
    return accessTokenLifetime == null ? verifier().accessTokenLifetime() : accessTokenLifetime;
  }

  Duration refreshTokens() {
    return refreshTokenLifetime == null ? verifier().refreshTokenLifetime() : refreshTokenLifetime;
  }
}

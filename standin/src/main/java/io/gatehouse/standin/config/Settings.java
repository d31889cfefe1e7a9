package io.gatehouse.standin.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** The properties {@code standin.*}; the README explains each. */
// A misspelt option is an error, and is not ignored.
@ConfigurationProperties(prefix = "standin", ignoreUnknownFields = false)
public record Settings(
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
    @DefaultValue List<ClientRegistration> clients,
    @DefaultValue List<PersonSettings> people,
    @Nullable String application,
    @Nullable Path signingKey,
    @DefaultValue("false") boolean endWithInput) {

  public Line verifier() {
    return Line.of(line);
  }

  public Duration accessTokens() {
    return accessTokenLifetime == null ? verifier().accessTokenLifetime() : accessTokenLifetime;
  }

  public Duration refreshTokens() {
    return refreshTokenLifetime == null ? verifier().refreshTokenLifetime() : refreshTokenLifetime;
  }
}

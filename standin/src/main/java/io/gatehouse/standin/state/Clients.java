package io.gatehouse.standin.state;

import io.gatehouse.standin.config.ClientRegistration;
import io.gatehouse.standin.config.Issuer;
import io.gatehouse.standin.config.Settings;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;

/** The list of trusted services; a test may add to it while the stand-in runs. */
public final class Clients implements RegisteredClientRepository {

  private record Entry(ClientRegistration registration, RegisteredClient registered) {}

  private final Map<String, Entry> byClientId = new ConcurrentHashMap<>();
  private final Issuer issuer;
  private final TokenSettings tokens;

  Clients(Settings settings, Issuer issuer) {
    this.issuer = issuer;
    this.tokens =
        TokenSettings.builder()
            .accessTokenTimeToLive(settings.accessTokens())
            .refreshTokenTimeToLive(settings.refreshTokens())
            .reuseRefreshTokens(!settings.rotateRefreshTokens())
            .idTokenSignatureAlgorithm(SignatureAlgorithm.ES256)
            .build();
    settings.clients().forEach(this::put);
  }

  public void put(ClientRegistration registration) {
    byClientId.put(
        registration.clientId(), new Entry(registration, registration.registered(issuer, tokens)));
  }

  public Optional<ClientRegistration> find(@Nullable String clientId) {
    return entry(clientId).map(Entry::registration);
  }

  public List<String> origins() {
    return byClientId.values().stream()
        .map(entry -> entry.registration().origin())
        .filter(Objects::nonNull)
        .toList();
  }

  @Override
  public void save(RegisteredClient registeredClient) {
    throw new UnsupportedOperationException("clients come from registrations");
  }

  @Override
  public @Nullable RegisteredClient findById(String id) {
    return byClientId.values().stream()
        .map(Entry::registered)
        .filter(client -> client.getId().equals(id))
        .findAny()
        .orElse(null);
  }

  @Override
  public @Nullable RegisteredClient findByClientId(String clientId) {
    return entry(clientId).map(Entry::registered).orElse(null);
  }

  private Optional<Entry> entry(@Nullable String clientId) {
    return clientId == null ? Optional.empty() : Optional.ofNullable(byClientId.get(clientId));
  }
}

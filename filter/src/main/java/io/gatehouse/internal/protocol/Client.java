package io.gatehouse.internal.protocol;

import io.gatehouse.internal.jose.JwsSigner;
import io.gatehouse.internal.server.ResponseMode;
import java.time.Duration;

/**
 * The application's registration at the authorization server.
 *
 * @param issuer the authorization server of the registration
 * @param clientId the {@code client_id}
 * @param scope the requested scope, space-separated
 * @param responseMode the requested response mode
 * @param requestObjectSigner the signer of the client's requests
 * @param authentication the client's authentication at the token endpoint
 * @param clockSkew the tolerated difference between the authorization server's clock and ours
 */
public record Client(
    String issuer,
    String clientId,
    String scope,
    ResponseMode responseMode,
    JwsSigner requestObjectSigner,
    ClientAuthentication authentication,
    Duration clockSkew) {}

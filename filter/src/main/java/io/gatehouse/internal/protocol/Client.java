package io.gatehouse.internal.protocol;

import io.gatehouse.internal.jose.JwsSigner;
import io.gatehouse.internal.server.ResponseMode;
import java.time.Duration;

/**
 * This application as the server knows it.
 *
 * @param issuer the server at which it is registered
 * @param clientId its {@code client_id}
 * @param scope what it asks for, space-separated
 * @param responseMode in which form it asks for answers
 * @param requestObjectSigner signs its requests
 * @param authentication how it proves itself at the token endpoint
 * @param clockSkew how far the server's clock may be from ours
 */
public record Client(
    String issuer,
    String clientId,
    String scope,
    ResponseMode responseMode,
    JwsSigner requestObjectSigner,
    ClientAuthentication authentication,
    Duration clockSkew) {}

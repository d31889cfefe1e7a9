package io.gatehouse.standin.state;

import io.gatehouse.standin.config.ClientRegistration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A login that waits for the wallet: the accepted content of the request, and its start time. */
public record Login(
    ClientRegistration client,
    String redirectUri,
    String scope,
    String state,
    @Nullable String nonce,
    @Nullable String codeChallenge,
    @Nullable String codeChallengeMethod,
    String acr,
    Instant began) {}

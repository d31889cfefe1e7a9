package io.gatehouse.standin;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A log-in that waits for the wallet: what was accepted of the request, and since when. */
record Login(
    ClientRegistration client,
    String redirectUri,
    String scope,
    String state,
    @Nullable String nonce,
    @Nullable String codeChallenge,
    @Nullable String codeChallengeMethod,
    String acr,
    Instant began) {}

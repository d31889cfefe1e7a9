package io.gatehouse.cli.register;

import io.gatehouse.cli.output.PrettyJson;
import java.util.Optional;

/** A format in which authorization servers accept registrations. */
public enum RegistrationForm {
  /** The Verifier's list of trusted services. */
  VERIFIER {
    @Override
    public String write(Registration registration) {
      return VerifierEntry.write(registration);
    }

    @Override
    public Optional<String> advice(Registration registration) {
      return Optional.empty();
    }
  },

  /** Keycloak's representation of a client. */
  KEYCLOAK {
    @Override
    public String write(Registration registration) {
      return PrettyJson.write(KeycloakClient.of(registration));
    }

    // Never write a placeholder instead of the secret: someone would import it unchanged.
    @Override
    public Optional<String> advice(Registration registration) {
      return Optional.of(
              "The secret is left out, and Keycloak would make one of its own. Give it yours:"
                  + " kcadm.sh create clients -r REALM -f client.json"
                  + " -s \"secret=$(cat THE-FILE-OF-gatehouse.client-secret)\"")
          .filter(it -> registration.usesSecret());
    }
  },

  /** Client metadata of dynamic registration (RFC 7591 section 2). */
  METADATA {
    @Override
    public String write(Registration registration) {
      return PrettyJson.write(ClientMetadata.of(registration));
    }

    @Override
    public Optional<String> advice(Registration registration) {
      return Optional.of(
              "The server chooses the secret, and answers with it: it becomes"
                  + " gatehouse.client-secret, and client_id gatehouse.client-id")
          .filter(it -> registration.usesSecret());
    }
  };

  public abstract String write(Registration registration);

  /** Returns advice on further steps, if any are needed. */
  public abstract Optional<String> advice(Registration registration);
}

package io.gatehouse.it.load;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import io.gatehouse.it.servers.ApprovingServer;
import jakarta.servlet.Filter;
import org.pac4j.core.client.Clients;
import org.pac4j.core.config.Config;
import org.pac4j.core.http.callback.NoParameterCallbackUrlResolver;
import org.pac4j.jee.filter.CallbackFilter;
import org.pac4j.jee.filter.SecurityFilter;
import org.pac4j.oidc.client.OidcClient;
import org.pac4j.oidc.config.OidcConfiguration;

/** The filters of pac4j with one OpenID Connect client, and its defaults otherwise. */
final class Pac4jFilters {
  private static final String CLIENT = "local";

  private final Config config;

  Pac4jFilters() {
    var oidc = new OidcConfiguration();
    oidc.setClientId(ApprovingServer.CLIENT_ID);
    oidc.setSecret("any, for the server checks none of a client");
    oidc.setClientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC);
    oidc.setDiscoveryURI(Application.issuer() + "/.well-known/openid-configuration");
    oidc.setScope("openid");
    oidc.setUseNonce(true);
    oidc.setPreferredJwsAlgorithm(JWSAlgorithm.ES256);
    var client = new OidcClient(oidc);
    client.setName(CLIENT);
    client.setCallbackUrlResolver(new NoParameterCallbackUrlResolver());
    config = new Config(new Clients(Application.publicUrl() + "/callback", client));
  }

  Filter security() {
    return new SecurityFilter(config, CLIENT);
  }

  Filter callback() {
    var filter = new CallbackFilter(config);
    filter.setDefaultClient(CLIENT);
    return filter;
  }
}

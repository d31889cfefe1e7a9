package io.gatehouse.standin.endpoint;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Registers the endpoints of the Verifier, which stay hidden in this package. */
@Configuration(proxyBeanMethods = false)
@Import({
  AuthorizationServer.class,
  AuthorizeEndpoint.class,
  EndSessionEndpoint.class,
  DidDocumentEndpoint.class,
  DeadEndpoints.class
})
public final class Endpoints {}

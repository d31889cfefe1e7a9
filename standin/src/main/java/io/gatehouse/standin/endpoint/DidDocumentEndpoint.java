package io.gatehouse.standin.endpoint;

import com.nimbusds.jose.jwk.JWKSet;
import io.gatehouse.standin.did.DidKey;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** A did:key as a JWKS, for {@code jwkSetUrl}; its {@code kid} is the bare DID. */
@RestController
final class DidDocumentEndpoint {

  @GetMapping("/oidc/did/{did}")
  ResponseEntity<Map<String, Object>> keys(@PathVariable("did") String did) {
    try {
      return ResponseEntity.ok(new JWKSet(DidKey.decode(did)).toJSONObject());
    } catch (IllegalArgumentException e) {
      return ResponseEntity.notFound().build();
    }
  }
}

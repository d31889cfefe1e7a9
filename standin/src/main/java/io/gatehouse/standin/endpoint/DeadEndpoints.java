package io.gatehouse.standin.endpoint;

import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The endpoints that the Verifier's discovery lists although they do not work. */
@RestController
final class DeadEndpoints {

  @RequestMapping("/oidc/userinfo")
  ResponseEntity<Void> userinfo() {
    return ResponseEntity.status(HttpStatus.UNAUTHORIZED).build();
  }

  @PostMapping("/oidc/introspect")
  Map<String, Boolean> introspect() {
    return Map.of("active", false);
  }

  /**
   * Answers 200 and revokes nothing; with {@code standin.log-out}, no request reaches this method.
   */
  @PostMapping("/oidc/revoke")
  ResponseEntity<Void> revoke() {
    return ResponseEntity.ok().build();
  }
}

package io.gatehouse.standin.state;

import com.nimbusds.jose.JWSObject;
import jakarta.servlet.http.HttpServletRequest;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Content of the last token request: parameter names and the assertion's content, no secret. */
public final class LastTokenRequest {

  private volatile Map<String, Object> report =
      Map.of("parameters", List.of(), "assertionHeader", Map.of(), "assertionClaims", Map.of());

  public Map<String, Object> report() {
    return report;
  }

  public void record(HttpServletRequest request) {
    var assertion = parse(request.getParameter("client_assertion"));
    report =
        Map.of(
            "parameters",
            List.copyOf(new TreeSet<>(request.getParameterMap().keySet())),
            "assertionHeader",
            assertion == null ? Map.of() : assertion.getHeader().toJSONObject(),
            "assertionClaims",
            claims(assertion));
  }

  private static @Nullable JWSObject parse(@Nullable String assertion) {
    try {
      return assertion == null ? null : JWSObject.parse(assertion);
    } catch (ParseException e) {
      return null;
    }
  }

  private static Map<String, Object> claims(@Nullable JWSObject assertion) {
    var claims = assertion == null ? null : assertion.getPayload().toJSONObject();
    return claims == null ? Map.of() : claims;
  }
}

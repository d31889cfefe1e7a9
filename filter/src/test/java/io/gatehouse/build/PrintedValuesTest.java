package io.gatehouse.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** No type prints a token, code, state, secret or key, and no address that may contain one. */
@Tag("case-89")
class PrintedValuesTest {
  /** The values that are printed: each is public, configured, or derived from code. */
  private static final Set<String> PRINTED =
      Set.of(
          // the configuration, whose secrets have types of their own
          "BoundMaps.BoundMap.prefix",
          "ClaimPath.text",
          "Client.clientId",
          "Client.issuer",
          "Client.scope",
          "Configuration.Access.apiOrigins",
          "Configuration.Access.websocketOrigins",
          "Configuration.Application.backendUrl",
          "Configuration.Application.landingPage",
          "Configuration.Application.oneOfSeveral",
          "Configuration.Application.path",
          "Configuration.ClientKeys.clientId",
          "Configuration.LogoutSettings.postLogoutRedirectUri",
          "Configuration.Registration.assertionTyp",
          "Configuration.Registration.audience",
          "Configuration.Registration.scope",
          "Configuration.Server.endpoints",
          "Configuration.Server.idTokenIssuer",
          "Configuration.Server.issuer",
          "Configuration.Session.carryOver",
          "Configuration.Session.sharedCache",
          "HandleDetail.publicUrl",
          "JCaches.JCache.prefix",
          "LoginCookies.Named.prefix",
          "LoginCookies.Named.publicUrl",
          "LoginPolicy.ForAll.acrValues",
          "LoginPolicy.ForAll.loginHintParameter",
          "LoginPolicy.ForAll.prompt",
          "LoginPolicy.ForAll.uiLocales",
          "Methods.names",
          "OwnPaths.root",
          "PathPattern.text",
          "PathRules.Rule.value",
          "RequestPattern.text",
          "Requirement.acrs",
          "Requirement.because",
          "Requirement.roles",
          "RoleClaims.links",
          "WelcomeFiles.names",
          // web.xml and the names of servlets and filters
          "DeployedFilter.name",
          "DeployedFilter.registration",
          "FacesViews.Names.mapped",
          "FacesViews.Names.unmapped",
          "FilterMapping.patterns",
          "FilterMapping.servlets",
          "FilterName.all",
          "FilterName.text",
          "LoginParts.servlets",
          "WebXml.Mapping.dispatchers",
          "WebXml.Mapping.filter",
          "WebXml.Mapping.patterns",
          "WebXml.Mapping.servlets",
          // public keys and their names, and the server's metadata
          "DecryptionKey.kid",
          "Fetched.Held.value",
          "JsonWebKeys.Entry.alg",
          "JsonWebKeys.Entry.key",
          "JsonWebKeys.Entry.kid",
          "Places.Lane.uri",
          "ServerMetadata.endpoints",
          "ServerMetadata.issuer",
          "ServerMetadata.responseModes",
          "SigningKey.kid",
          // paths without query and path parameters
          "AccessRules.Explanation.readings",
          "Judgements.Judgement.method",
          "Judgements.Judgement.pathInfo",
          "Judgements.Judgement.servletPath",
          "Readings.otherNames",
          "Readings.suffixed",
          "Readings.unmappedNames",
          "Readings.whole",
          // names of parameters, without their values
          "AuthorizationResponse.parameters",
          "RequestedAuthentication.parameters",
          // the subject of a user, and hashes that grant no access
          "AuditedSession.name",
          "AuditedSession.subject",
          "LocalMarkerStore.End.name",
          "VerifiedUser.subject",
          // objects of the container or of the application, for its own call
          "HeldRefusal.Refusal.body",
          "HeldRefusal.Refusal.info",
          "HeldRefusal.Refused.first",
          "OpenEventStream.sink",
          "OpenHandshake.container",
          "OpenResource.Closeable.resource",
          "OpenResource.Request.context",
          "OpenWebSocket.session",
          // constants of the code, and what FaultText has made of an exception
          "FaultText.Trace.text",
          "OpenTelemetrySignals.Gauge.name",
          "OpenTelemetrySignals.Gauge.unit");

  @Test
  void eachValueThatIsPrintedMayBeKnown() throws Exception {
    var sources =
        ProjectFiles.withSuffix(".java").stream()
            .filter(it -> it.startsWith(ProjectFiles.ROOT.resolve("filter/src/main/java")))
            .toList();
    assertThat(sources).hasSizeGreaterThan(200);
    assertThat(printedBy(AnalyzedSources.files(sources)))
        .containsExactlyInAnyOrderElementsOf(PRINTED);
  }

  @Test
  void findsTheTextsThatATypePrints() throws Exception {
    var source =
        """
        package io.gatehouse;
        record Sample(String a, int b, java.util.List<String> c, Other d, java.time.Instant e,
            java.util.Optional<Other> f, java.net.URI g, byte[] h, Object i) {}
        record Other(java.util.Map<String, Integer> j) {
          record Hidden(String k) { public String toString() { return "Hidden"; } }
          record Shown(String l, String m) { public String toString() { return "Shown" + m; } }
        }
        class Plain {
          private String n = "", o = "";
          String p() { return n; }
          public String toString() { return "Plain" + p() + o.length(); }
        }
        """;
    var file =
        new SimpleJavaFileObject(
            URI.create("memory:///io/gatehouse/Sample.java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
          }
        };
    assertThat(printedBy(List.of(file)))
        .containsExactlyInAnyOrder(
            "Sample.a",
            "Sample.c",
            "Sample.g",
            "Sample.i",
            "Other.j",
            "Other.Shown.m",
            "Plain.o",
            "Plain.p");
  }

  private static Set<String> printedBy(Iterable<? extends JavaFileObject> sources)
      throws Exception {
    var found = new TreeSet<String>();
    AnalyzedSources.scan(sources, task -> new PrintedValues(task, found::add));
    return found;
  }
}

package io.gatehouse.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedSuccessfully;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.EventConditions.test;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.instanceOf;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;
import org.assertj.core.api.Condition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.opentest4j.AssertionFailedError;

/** Runs tests of an application that breaks the protocol: those that must fail do. */
class StrictTestsIT {

  @Test
  void failAtTheirEndWhereSomethingWasRefusedThatTheyDoNotExpect() {
    var results =
        EngineTestKit.engine("junit-jupiter").selectors(selectClass(Tests.class)).execute();

    results
        .testEvents()
        .assertThatEvents()
        .haveExactly(1, event(test("keepsTheRules"), finishedSuccessfully()))
        .haveExactly(1, event(test("breaksARuleAsItSays"), finishedSuccessfully()))
        .haveExactly(1, failed("breaksARule(", "refused", "client_id is not registered"))
        .haveExactly(1, failed("breaksAnotherRule(", "refused", "client_assertion is missing"))
        .haveExactly(1, failed("saysThatItBreaksARule(", "nothing", "request object: aud"));
    results.testEvents().assertStatistics(it -> it.started(5).succeeded(2).failed(3));
    results
        .containerEvents()
        .assertThatEvents()
        .haveExactly(1, event(finishedWithFailure(instanceOf(AssertionFailedError.class))));
    assertThat(ProcessHandle.of(Tests.process.orElseThrow()).filter(ProcessHandle::isAlive))
        .isEmpty();
  }

  private static Condition<Event> failed(String name, String... texts) {
    return event(
        test(name),
        finishedWithFailure(
            instanceOf(AssertionFailedError.class),
            message(
                it -> {
                  for (var text : texts) {
                    if (!it.contains(text)) {
                      return false;
                    }
                  }
                  return true;
                })));
  }

  @VerifierStandIn
  static class Tests {
    static Optional<Long> process = Optional.empty();

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void keepsTheRules(Verifier verifier) throws Exception {
      send(verifier, "/oidc/jwks");
    }

    @Test
    void breaksARule(Verifier verifier) throws Exception {
      send(verifier, "/oidc/authorize?client_id=nobody");
    }

    @Test
    void breaksAnotherRule(Verifier verifier) throws Exception {
      send(verifier, "/oidc/token");
    }

    @Test
    void breaksARuleAsItSays(Verifier verifier) throws Exception {
      verifier.expectRefusal("client_id is not registered");
      send(verifier, "/oidc/authorize?client_id=nobody");
    }

    @Test
    void saysThatItBreaksARule(Verifier verifier) throws Exception {
      verifier.expectRefusal("request object: aud");
      send(verifier, "/oidc/jwks");
    }

    @BeforeAll
    static void lookForTheProcess() {
      process =
          ProcessHandle.current()
              .children()
              .filter(it -> it.info().commandLine().orElse("").contains("verifier-standin.jar"))
              .map(ProcessHandle::pid)
              .findAny();
    }

    @AfterAll
    static void breakARuleAfterTheTests(Verifier verifier) throws Exception {
      send(HttpClient.newHttpClient(), verifier, "/oidc/authorize?client_id=nobody");
    }

    private void send(Verifier verifier, String path) throws Exception {
      send(client, verifier, path);
    }

    private static void send(HttpClient client, Verifier verifier, String path) throws Exception {
      client.send(
          HttpRequest.newBuilder(URI.create(verifier.issuer() + path)).build(),
          BodyHandlers.discarding());
    }
  }
}

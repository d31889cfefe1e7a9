package io.gatehouse.it.servers;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs the sample for a person to look at: the Verifier stand-in and Payara Micro with the sample
 * WAR, until Ctrl-C. The application is under {@code localhost} and the stand-in under {@code
 * 127.0.0.1}, so that each has its own cookies.
 */
public final class Demo {
  private static final int APPLICATION_PORT = 8080;
  private static final int VERIFIER_PORT = 9090;

  private static final AtomicBoolean ending = new AtomicBoolean();

  private Demo() {}

  /** Starts both and waits for Ctrl-C. */
  public static void main(String[] arguments) {
    var begun = Instant.now();
    var directory = ServerProcess.directory().resolveSibling("demo").toAbsolutePath();
    var application = ServerProcess.freePort(APPLICATION_PORT);
    var verifier = ServerProcess.freePort(VERIFIER_PORT);
    var key = ClientKey.create(directory.resolve("signing-key.pem"));
    say("Starting the Verifier stand-in and Payara Micro; their output is in " + directory);

    var standIn = StandIn.start(directory.resolve("standin.log"), verifier, "3.x", List.of());
    endWithUs(standIn);
    var payara =
        PayaraMicro.start(
            directory,
            application,
            List.of(
                "-Dgatehouse.issuer=" + standIn.issuer(),
                "-Dgatehouse.id-token.issuer=" + standIn.tokenIssuer(),
                "-Dgatehouse.signing-key=" + key.location(),
                "-Dgatehouse.api-origins=" + standIn.apiOrigin(),
                "-Dsample.api-url=" + standIn.apiUrl()),
            List.of(ServerProcess.directory().resolve("sample.war")));
    endWithUs(payara);

    standIn.await();
    standIn.registerDidKey(key.didKey(), "http://localhost:" + application + "/sample");
    payara.awaitApplication("sample");
    say(
        """

        Ready after %d s. Open  %s

        Log in as one of the three people that the stand-in offers. Ctrl-C ends both servers.
        """
            .formatted(
                Duration.between(begun, Instant.now()).toSeconds(), payara.address("sample")));
    payara.process().awaitEnd(Duration.ofDays(365));
    if (ending.get()) {
      return;
    }
    say("Payara Micro has ended; see " + directory.resolve("payara-micro.log"));
  }

  private static void endWithUs(AutoCloseable server) {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> close(server)));
  }

  private static void close(AutoCloseable server) {
    ending.set(true);
    try {
      server.close();
    } catch (Exception e) {
      say("A server did not end: " + e);
    }
  }

  @SuppressWarnings("SystemOut") // a command prints for the person who runs it
  private static void say(String text) {
    System.out.println(text);
  }
}

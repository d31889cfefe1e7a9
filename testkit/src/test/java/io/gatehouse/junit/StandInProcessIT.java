package io.gatehouse.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StandInProcessIT {
  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
  private static final byte[] LOOPBACK = {127, 0, 0, 1};

  @Test
  void saysThatThereIsNoJava(@TempDir Path empty) {
    assertThatIllegalStateException()
        .isThrownBy(() -> StandInProcess.start(empty.resolve("bin/java"), 0, List.of()))
        .withMessageContainingAll("needs a java of 17", empty.toString());
  }

  @Test
  void saysThatThePortIsTaken() throws Exception {
    try (var owner = new ServerSocket(0, 1, InetAddress.getByAddress(LOOPBACK))) {
      var port = owner.getLocalPort();

      assertThatIllegalStateException()
          .isThrownBy(() -> StandInProcess.start(JAVA, port, List.of()))
          .withMessageContainingAll("port " + port, "is taken");
    }
  }

  @Test
  void saysWhatTheStandInWroteWhenItDoesNotStart() {
    assertThatIllegalStateException()
        .isThrownBy(() -> StandInProcess.start(JAVA, 0, List.of("--standin.lien=2.x")))
        .withMessageContaining("ended before it was ready")
        .withMessageEndingWith(
            "stand-in not started: The elements [standin.lien] were left unbound.");
  }

  @Test
  void endsWithWhoeverStartedItHoweverThatEnds() throws Exception {
    try (var standIn = StandInProcess.start(JAVA, 0, List.of())) {
      assertThat(standIn.process().isAlive()).isTrue();

      // As the system does with the pipes of a process that is killed.
      standIn.process().getOutputStream().close();

      assertThat(standIn.process().waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
  }
}

package io.gatehouse.cli;

import io.gatehouse.cli.config.ConfigurationOptions;
import io.gatehouse.cli.config.ConfiguredApplication;
import io.gatehouse.cli.config.FaultyConfigurationException;
import io.gatehouse.cli.doors.DoorsCheck;
import io.gatehouse.cli.output.CannotDoException;
import io.gatehouse.cli.output.Findings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that name a deployed application to check from outside. */
final class DoorOptions {
  @Option(
      names = "--application",
      paramLabel = "URL",
      description =
          "Tries the doors of the application at this address, such as https://app.example/shop,"
              + " from outside and without a session. No configuration is needed; with --config"
              + " both are checked.")
  private Optional<String> application = Optional.empty();

  @Option(
      names = "--path",
      paramLabel = "PATH",
      description =
          "With --application: a page or a WebSocket of the application that asks for a login,"
              + " such as /ws/chat, without the context path. Up to three times.")
  private List<String> paths = new ArrayList<>();

  /** Returns whether an application is named. */
  boolean areGiven() {
    return application.isPresent();
  }

  /**
   * Checks that the options are usable, before anything is called.
   *
   * @throws CannotDoException if the options are unusable
   */
  void requireUsable() {
    if (application.isEmpty() && !paths.isEmpty()) {
      throw new CannotDoException("--path needs --application");
    }
    application.ifPresent(it -> new DoorsCheck(it, paths, Optional.empty(), new Findings()));
  }

  /** Tries the doors of the application, if one is named. */
  void check(ConfigurationOptions options, Findings findings) {
    application.ifPresent(it -> new DoorsCheck(it, paths, ownPath(options), findings).run());
  }

  private static Optional<String> ownPath(ConfigurationOptions options) {
    try {
      return options.areGiven()
          ? Optional.of(options.readOrFault()).map(ConfiguredApplication::ownPath)
          : Optional.empty();
    } catch (FaultyConfigurationException e) { // each fault is already a finding
      return Optional.empty();
    }
  }
}

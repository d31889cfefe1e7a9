package io.gatehouse.cli;

import io.gatehouse.cli.check.PathExplanation;
import io.gatehouse.cli.config.ConfigurationOptions;
import io.gatehouse.cli.config.ConfiguredApplication;
import io.gatehouse.cli.config.FaultyConfigurationException;
import io.gatehouse.cli.doors.DoorsCheck;
import io.gatehouse.cli.output.Findings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that name a deployed application to check from outside, or requests to explain. */
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
              + " such as /ws/chat, without the context path. Up to three times. Without"
              + " --application: explains what the configuration requires of a request to this path.")
  private List<String> paths = new ArrayList<>();

  @Option(
      names = "--method",
      paramLabel = "METHOD",
      defaultValue = "GET",
      description = "The method of the request that --path explains; GET by default.")
  private String method = "GET";

  /** Returns whether an application is named. */
  boolean nameAnApplication() {
    return application.isPresent();
  }

  /** Returns whether an application is named, or a request to explain. */
  boolean areGiven() {
    return application.isPresent() || !paths.isEmpty();
  }

  /**
   * Checks that the options are usable, before anything is called.
   *
   * @throws io.gatehouse.cli.output.CannotDoException if the options are unusable
   */
  void requireUsable() {
    application.ifPresent(it -> new DoorsCheck(it, paths, Optional.empty(), new Findings()));
  }

  /** Tries the doors of the application, if one is named. */
  void check(ConfigurationOptions options, Findings findings) {
    if (application.isPresent()) {
      new DoorsCheck(application.get(), paths, ownPath(options), findings).run();
    } else if (!paths.isEmpty()) {
      PathExplanation.run(options, method, paths, findings);
    }
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

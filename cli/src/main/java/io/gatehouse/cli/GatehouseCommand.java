package io.gatehouse.cli;

import io.gatehouse.cli.check.Check;
import io.gatehouse.cli.config.ConfigurationOptions;
import io.gatehouse.cli.keygen.KeyFormat;
import io.gatehouse.cli.keygen.KeyType;
import io.gatehouse.cli.keygen.NewKey;
import io.gatehouse.cli.keygen.PrivateFile;
import io.gatehouse.cli.output.CannotDoException;
import io.gatehouse.cli.output.Findings;
import io.gatehouse.cli.register.Registration;
import io.gatehouse.cli.register.RegistrationForm;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.StringJoiner;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code java -jar gatehouse-cli.jar}: the tasks before an application starts. */
@Command(
    name = "gatehouse",
    description = "Makes keys, writes registrations and checks the configuration of Gatehouse.",
    mixinStandardHelpOptions = true,
    versionProvider = GatehouseCommand.Version.class,
    synopsisSubcommandLabel = "COMMAND")
public final class GatehouseCommand {
  private static final String EXIT_CODES = "%nExit codes:%n";
  private static final int FAILED = 1;

  private final PrintWriter out;
  private final PrintWriter err;

  private GatehouseCommand(PrintWriter out, PrintWriter err) {
    this.out = out;
    this.err = err;
  }

  /** Runs the command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    var err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    System.exit(run(out, err, arguments));
  }

  /**
   * Runs the command.
   *
   * @return its exit code: 0 for success, 1 for a failed check, 2 for a command that cannot be done
   */
  static int run(PrintWriter out, PrintWriter err, String... arguments) {
    var line =
        new CommandLine(new GatehouseCommand(out, err))
            .setOut(out)
            .setErr(err)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .registerConverter(KeyType.class, KeyType::named)
            .setExecutionExceptionHandler((fault, command, parsed) -> report(fault, err));
    return line.execute(arguments);
  }

  // A stack trace does not help the user, and an exception message could quote a secret.
  private static int report(Exception fault, PrintWriter err) {
    if (fault instanceof CannotDoException e) {
      err.println(e.getMessage());
    } else {
      var types = new StringJoiner(", by ");
      for (Throwable it = fault; it != null && types.length() < 500; it = it.getCause()) {
        types.add(it.getClass().getName());
      }
      err.println("Please report an error of this command: " + types);
    }
    return CommandLine.ExitCode.USAGE;
  }

  @Command(
      name = "keygen",
      mixinStandardHelpOptions = true,
      description = "Makes a private signing key, in a file that only its owner can read.")
  void keygen(
      @Parameters(paramLabel = "FILE", description = "The new file, such as signing-key.pem.")
          Path file,
      @Option(
              names = "--type",
              defaultValue = "P-256",
              paramLabel = "TYPE",
              description =
                  "P-256 (the Verifier takes no other), P-384, RSA (3072 bits) or Ed25519;"
                      + " P-256 if not given.")
          KeyType type,
      @Option(
              names = "--format",
              paramLabel = "FORMAT",
              description =
                  "pem or jwk; if not given, jwk for the suffixes .jwk and .json, else pem.")
          Optional<KeyFormat> format,
      @Option(names = "--force", description = "Puts the key in the place of a file that exists.")
          boolean force,
      @Option(
              names = "--unprotected",
              description = "Writes also where the file system knows no rights of an owner.")
          boolean unprotected) {
    var target = new PrivateFile(file, unprotected);
    new NewKey(type, format.orElse(KeyFormat.of(file))).write(target, force, out);
  }

  @Command(
      name = "register",
      mixinStandardHelpOptions = true,
      description = "Writes what the server has to know of the application.")
  void register(
      @Option(
              names = "--for",
              required = true,
              paramLabel = "SERVER",
              description =
                  "verifier: the entry for its list of trusted services (YAML);"
                      + " keycloak: a client for kcadm.sh (JSON);"
                      + " metadata: client metadata of RFC 7591 (JSON).")
          RegistrationForm form,
      @Mixin ConfigurationOptions options) {
    var registration = new Registration(options.read());
    out.print(form.write(registration));
    out.flush();
    form.advice(registration).ifPresent(err::println);
  }

  @Command(
      name = "check",
      mixinStandardHelpOptions = true,
      description =
          "Checks the configuration, the server and the running application; with --application,"
              + " tries the doors of a deployed application from outside.",
      exitCodeListHeading = EXIT_CODES,
      exitCodeList = {"0:all well, or warnings only", "1:something failed", "2:wrong use"})
  int check(
      @Option(names = "--json", description = "Writes JSON.") boolean json,
      @Mixin DoorOptions doors,
      @Mixin ConfigurationOptions options) {
    var findings = new Findings();
    doors.requireUsable();
    if (!doors.areGiven() || (doors.nameAnApplication() && options.areGiven())) {
      Check.run(options, findings);
    }
    doors.check(options, findings);
    out.print(json ? findings.toJson() : findings.toText(Ansi.AUTO.enabled()));
    out.flush();
    return findings.haveFailed() ? FAILED : CommandLine.ExitCode.OK;
  }

  /** The version of the build, from the jar's manifest. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      var version = GatehouseCommand.class.getPackage().getImplementationVersion();
      return new String[] {"gatehouse " + (version == null ? "unpackaged" : version)};
    }
  }
}

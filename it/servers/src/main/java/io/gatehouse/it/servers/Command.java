package io.gatehouse.it.servers;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/** The command, as it is in its jar. */
public final class Command {
  private static final int MAX_SECONDS = 60;

  /** The result of a run. */
  public record Result(int exitCode, String out, String err) {

    /** Returns the findings of {@code check --json} that have this status. */
    public List<JsonObject> complaints(String status) {
      return findings().getValuesAs(JsonObject.class).stream()
          .filter(it -> it.getString("status").equals(status))
          .toList();
    }

    private JsonArray findings() {
      try (var reader = Json.createReader(new StringReader(out))) {
        return reader.readArray();
      }
    }
  }

  private static final Method MAIN = main();

  private Command() {}

  // Loads the classes of the command's jar, and none of the tests.
  private static Method main() {
    try {
      var jar = ServerProcess.directory().resolve("cli.jar").toUri().toURL();
      var classes = new URLClassLoader(new URL[] {jar}, ClassLoader.getPlatformClassLoader());
      var main =
          classes
              .loadClass("io.gatehouse.cli.GatehouseCommand")
              .getDeclaredMethod("run", PrintWriter.class, PrintWriter.class, String[].class);
      main.setAccessible(true);
      return main;
    } catch (ReflectiveOperationException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Runs the command with these arguments in this process, which takes a tenth of the time of a new
   * process.
   */
  public static Result run(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    var thread = Thread.currentThread();
    var ours = thread.getContextClassLoader();
    try {
      thread.setContextClassLoader(MAIN.getDeclaringClass().getClassLoader());
      var code = MAIN.invoke(null, new PrintWriter(out), new PrintWriter(err), arguments);
      return new Result((Integer) code, out.toString(), err.toString());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    } finally {
      thread.setContextClassLoader(ours);
    }
  }

  /** Runs the command with these arguments in a new process, as a person does. */
  public static Result runProcess(String... arguments) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar"));
    command.add(ServerProcess.directory().resolve("cli.jar").toString());
    command.addAll(List.of(arguments));
    try {
      var out = Files.createTempFile("command", ".out");
      var err = Files.createTempFile("command", ".err");
      var process =
          new ProcessBuilder(command)
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      if (!process.waitFor(MAX_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException("still running: " + command);
      }
      var result = new Result(process.exitValue(), Files.readString(out), Files.readString(err));
      Files.delete(out);
      Files.delete(err);
      return result;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Creates a file with these properties. */
  public static Path file(Map<String, String> properties) {
    try {
      var text = new StringWriter();
      var all = new Properties();
      all.putAll(properties);
      all.store(text, null);
      return Files.writeString(Files.createTempFile("shop", ".properties"), text.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs the command in this process with these properties in a file. */
  public static Result runWith(Map<String, String> properties, String... arguments) {
    var command = new ArrayList<>(List.of(arguments));
    var file = file(properties);
    command.addAll(List.of("--config", file.toString()));
    try {
      return run(command.toArray(String[]::new));
    } finally {
      file.toFile().delete();
    }
  }
}

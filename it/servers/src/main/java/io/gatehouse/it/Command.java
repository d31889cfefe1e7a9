package io.gatehouse.it;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/** The command, run as a person runs it: its jar, in a process of its own. */
final class Command {
  private static final int MOST_SECONDS = 60;

  /** What came of a run. */
  record Result(int exitCode, String out, String err) {

    /** What {@code check --json} has found, without what is well. */
    List<JsonObject> complaints(String status) {
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

  private Command() {}

  /** Runs it with these arguments, and waits for its end. */
  static Result run(String... arguments) {
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
      if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
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

  /** Runs it with these properties in a file. */
  static Result runWith(Map<String, String> properties, String... arguments) {
    try {
      var text = new StringWriter();
      var all = new Properties();
      all.putAll(properties);
      all.store(text, null);
      var file = Files.createTempFile("shop", ".properties");
      Files.writeString(file, text.toString());
      var command = new ArrayList<>(List.of(arguments));
      command.addAll(List.of("--config", file.toString()));
      var result = run(command.toArray(String[]::new));
      Files.delete(file);
      return result;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

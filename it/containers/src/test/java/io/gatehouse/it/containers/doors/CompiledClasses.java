package io.gatehouse.it.containers.doors;

import io.gatehouse.it.servers.ServerProcess;
import io.gatehouse.it.servers.container.WarFile;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * Classes for a WAR that are compiled in the test, against the libraries of the WAR.
 *
 * @param directory with the class files, by their packages
 */
record CompiledClasses(Path directory) {
  private static final Path SOURCES = Path.of("src/holes/java");

  /** Compiles all sources below a directory of {@code src/holes/java}. */
  static CompiledClasses of(String holes, WarFile war, Path directory) {
    try (var files = Files.walk(SOURCES.resolve(holes))) {
      return of(files.filter(it -> it.toString().endsWith(".java")).toList(), war, directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static CompiledClasses of(List<Path> sources, WarFile war, Path directory) {
    var classes = directory.resolve("classes");
    try {
      Files.createDirectories(classes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var classPath =
        Stream.concat(
                war.libraries(directory.resolve("libraries")).stream(),
                Stream.of(ServerProcess.directory().resolve("tomcat/lib/servlet-api.jar")))
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator));
    var arguments =
        new ArrayList<>(
            List.of(
                "-proc:none",
                "-nowarn",
                "--release",
                "17",
                "-d",
                classes.toString(),
                "-classpath",
                classPath + File.pathSeparator + System.getProperty("java.class.path")));
    sources.forEach(it -> arguments.add(it.toString()));
    var compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler.run(null, null, null, arguments.toArray(new String[0])) != 0) {
      throw new IllegalStateException("cannot compile " + sources);
    }
    return new CompiledClasses(classes);
  }

  /** Adds all of them to a WAR or a JAR. */
  WarFile addTo(WarFile archive, String root) {
    try (var files = Files.walk(directory)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        archive.with(root + directory.relativize(file), Files.readAllBytes(file));
      }
      return archive;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

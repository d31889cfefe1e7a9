package io.gatehouse.build;

import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** Sources that the compiler has read, with the type of each expression. */
final class AnalyzedSources {
  private AnalyzedSources() {}

  static Iterable<? extends JavaFileObject> files(List<Path> sources) {
    return ToolProvider.getSystemJavaCompiler()
        .getStandardFileManager(null, null, null)
        .getJavaFileObjectsFromPaths(sources);
  }

  /** Shows each source to a scanner. */
  static void scan(
      Iterable<? extends JavaFileObject> sources,
      Function<JavacTask, TreePathScanner<@Nullable Void, @Nullable Void>> scanner)
      throws IOException {
    // The libraries of other modules are absent here: their types are unknown, which is no fault.
    var task =
        (JavacTask)
            ToolProvider.getSystemJavaCompiler()
                .getTask(
                    null,
                    null,
                    diagnostic -> {},
                    List.of("-proc:none", "-XDshould-stop.ifError=FLOW", "-cp", classPath()),
                    null,
                    sources);
    var units = task.parse();
    task.analyze();
    var scanning = scanner.apply(task);
    for (var unit : units) {
      scanning.scan(unit, null);
    }
  }

  private static String classPath() {
    return Stream.of("surefire.test.class.path", "java.class.path")
        .map(System::getProperty)
        .filter(it -> it != null)
        .findFirst()
        .orElseThrow();
  }
}

package io.gatehouse.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The messages of foreign exceptions quote what a server, a proxy or a browser sent. So no code
 * reads them, or hands such an exception to code that would; {@code FaultText} decides what is told
 * of it. The sources are read by the compiler, which knows the type of each expression.
 */
@Tag("case-89")
@Tag("case-128")
class ForeignExceptionsTest {
  private static final List<String> MODULES = List.of("filter", "testkit", "cli");

  /**
   * The classes that give a foreign exception as the cause to another one: its message quotes
   * nothing of a request or of an answer, or goes to the developer of a test, or to the application
   * whose own call has failed.
   */
  private static final Set<String> PASSED_ON =
      Set.of(
          // the Java platform lacks an algorithm that each has
          "ApplicationCheck",
          "CertificateChain",
          "DerivedKey",
          "JwsAlgorithm",
          "KeyType",
          "Seal",
          "Sha256",
          "TrustSettings",
          // a key that was read before
          "JwsSigner",
          "KeyFormat",
          "SigningKey",
          // files of the application, and arrays in memory
          "CapturedAnswer",
          "JarCopies",
          "ScriptServlet",
          "TokenSetForm",
          // the application's own call to an API
          "BearerHttpClient",
          // failures of a test
          "Control",
          "LogIn",
          "StandInProcess",
          "TemporaryFiles");

  @Test
  void nothingOfAForeignExceptionIsToldButByOneClass() throws Exception {
    var sources =
        MODULES.stream()
            .flatMap(
                module ->
                    ProjectFiles.withSuffix(".java").stream()
                        .filter(it -> it.startsWith(ProjectFiles.ROOT.resolve(module))))
            .filter(it -> it.toString().contains("/src/main/java/"))
            .toList();
    assertThat(sources).hasSizeGreaterThan(300);
    var found = usesIn(AnalyzedSources.files(sources));
    found.removeIf(it -> it.startsWith("FaultText: "));
    found.removeIf(it -> PASSED_ON.stream().anyMatch(name -> it.startsWith(name + ": cause of ")));
    assertThat(found).isEmpty();
  }

  @Test
  void eachClassThatMayPassOneOnDoes() throws Exception {
    var sources =
        ProjectFiles.withSuffix(".java").stream()
            .filter(it -> it.toString().contains("/src/main/java/"))
            .filter(it -> PASSED_ON.contains(name(it)))
            .toList();
    assertThat(
            usesIn(AnalyzedSources.files(sources)).stream()
                .filter(it -> it.contains(": cause of "))
                .map(it -> it.replaceFirst(":.*", ""))
                .distinct())
        .containsExactlyInAnyOrderElementsOf(PASSED_ON);
  }

  private static String name(Path file) {
    return file.getFileName().toString().replaceFirst("\\.java$", "");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "return e.getMessage();",
        "return e.getLocalizedMessage();",
        "return e.toString();",
        "e.printStackTrace(); return \"\";",
        "return e.getCause().getMessage();",
        "return String.valueOf(e);",
        "return String.valueOf(e.getCause());",
        "return \"it failed: \" + e;",
        "var text = \"\"; text += e; return text;",
        "return \"it failed: %s\".formatted(e);",
        "return java.util.Objects.toString(e);",
        "LOG.log(System.Logger.Level.INFO, \"\", e); return \"\";",
        "LOG.log(System.Logger.Level.INFO, \"{0}\", e); return \"\";",
        "System.err.println(e); return \"\";",
        "throw new IllegalStateException(e);",
        "throw new IllegalStateException(\"\", e.getCause());",
        "return java.util.Optional.of(e).map(Throwable::getMessage).orElse(\"\");",
        "return java.util.Optional.of(e).map(String::valueOf).orElse(\"\");",
        "return java.util.stream.Stream.of(e).map(it -> it.getMessage()).findFirst().get();"
      })
  void findsEachWayToTellOfOne(String statement) throws Exception {
    assertThat(usesIn(List.of(source(statement)))).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "return e.getClass().getName();",
        "throw e;",
        "throw new IllegalStateException(\"without\");",
        "return own(e);",
        "return e.getCause() instanceof RuntimeException ? \"a\" : \"b\";"
      })
  void acceptsWhatTellsNothing(String statement) throws Exception {
    assertThat(usesIn(List.of(source(statement)))).isEmpty();
  }

  private static JavaFileObject source(String statement) {
    return new SimpleJavaFileObject(
        URI.create("memory:///io/gatehouse/Sample.java"), JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return """
            package io.gatehouse;
            class Sample {
              static final System.Logger LOG = System.getLogger("x");
              static String own(Throwable fault) { return ""; }
              String of(java.io.InputStream in) throws java.io.IOException {
                try { in.read(); return ""; } catch (java.io.IOException e) { %s }
              }
            }
            """
            .formatted(statement);
      }
    };
  }

  private static Set<String> usesIn(Iterable<? extends JavaFileObject> sources) throws IOException {
    var found = new TreeSet<String>();
    AnalyzedSources.scan(sources, task -> new ForeignExceptionUses(task, found::add));
    return found;
  }
}

package io.gatehouse.internal.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.filter.Deployment;
import io.gatehouse.filter.GatehouseFilter;
import io.gatehouse.filter.GatehouseInitializer;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The jar on a server of servlets only, in an application that lacks what such a server lacks. */
class NeededApisTest {
  private static final String CONFIG = "Add io.smallrye.config:smallrye-config-core ";
  private static final String JSON = "Add org.eclipse.parsson:parsson ";

  /** The class path without some jars; the servlet API is the container's. */
  private static final class Leaner extends URLClassLoader {
    Leaner(String without) {
      super(urls(without), ClassLoader.getPlatformClassLoader());
    }

    private static URL[] urls(String without) {
      return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
          .filter(it -> !Path.of(it).getFileName().toString().matches(without))
          .map(Leaner::url)
          .toArray(URL[]::new);
    }

    private static URL url(String path) {
      try {
        return Path.of(path).toUri().toURL();
      } catch (MalformedURLException e) {
        throw new IllegalArgumentException(e);
      }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      return name.startsWith("jakarta.servlet.")
          ? NeededApisTest.class.getClassLoader().loadClass(name)
          : super.loadClass(name, resolve);
    }
  }

  private static String messageWithout(String jars) throws Exception {
    var thread = Thread.currentThread();
    var before = thread.getContextClassLoader();
    try (var leaner = new Leaner(jars)) {
      thread.setContextClassLoader(leaner);
      var initializer =
          (ServletContainerInitializer)
              leaner.loadClass(GatehouseInitializer.class.getName()).getConstructor().newInstance();
      initializer.onStartup(null, context(leaner));
      return "started";
    } catch (ServletException stopped) {
      return String.valueOf(stopped.getMessage());
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static ServletContext context(ClassLoader loader) {
    var filter =
        Deployment.proxy(
            FilterRegistration.class,
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getClassName" -> GatehouseFilter.class.getName();
                  case "getInitParameters" -> Map.of();
                  default -> List.of();
                });
    return Deployment.proxy(
        ServletContext.class,
        (proxy, method, arguments) ->
            switch (method.getName()) {
              case "getFilterRegistrations" -> Map.of("gatehouse", filter);
              case "getClassLoader" -> loader;
              case "getResourceAsStream", "setAttribute", "addFilter" -> null;
              case "getServletRegistrations" -> Map.of();
              default -> throw new AssertionError("no business with " + method.getName());
            });
  }

  @ParameterizedTest
  @CsvSource({
    "microprofile-config-api-.*|smallrye-.*, MicroProfile Config is missing",
    "smallrye-.*, a provider of MicroProfile Config is missing"
  })
  void withoutMicroProfileConfigTheDeploymentStopsAndSaysWhatToAdd(String jars, String fault)
      throws Exception {
    assertThat(messageWithout(jars)).contains(fault, CONFIG).doesNotContain(JSON);
  }

  @ParameterizedTest
  @CsvSource({
    "jakarta.json-api-.*|parsson-.*, JSON Processing (JSON-P) is missing",
    "parsson-.*, a provider of JSON Processing (JSON-P) is missing"
  })
  void withoutJsonProcessingTheDeploymentStopsAndSaysWhatToAdd(String jars, String fault)
      throws Exception {
    assertThat(messageWithout(jars)).contains(fault, JSON).doesNotContain(CONFIG);
  }

  @Test
  void bothAreNamedInOneMessage() throws Exception {
    assertThat(messageWithout("microprofile-.*|smallrye-.*|jakarta.json-.*|parsson-.*"))
        .contains(CONFIG, JSON, "2 faults");
  }

  @Test
  void whatIsThereIsNoFault() throws Exception {
    assertThat(messageWithout("no such jar")).contains("gatehouse.issuer").doesNotContain("Add ");
  }
}

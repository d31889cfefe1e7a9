package io.gatehouse.internal.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebXmlTest {
  private static final String WEB_XML =
      "<web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\"><filter-mapping>"
          + "<filter-name>gatehouse</filter-name><url-pattern>/*</url-pattern></filter-mapping>"
          + "<welcome-file-list><welcome-file> start.do </welcome-file><welcome-file>"
          + "/faces/start.xhtml</welcome-file></welcome-file-list></web-app>";
  private static final String FRAGMENT =
      "<web-fragment xmlns=\"https://jakarta.ee/xml/ns/jakartaee\"><filter-mapping>"
          + "<filter-name>other</filter-name><url-pattern>/*</url-pattern></filter-mapping>"
          + "<welcome-file-list><welcome-file>home</welcome-file></welcome-file-list>"
          + "</web-fragment>";

  @TempDir Path directory;

  private WebXml read(@Nullable String webXml, @Nullable String fragment) throws IOException {
    if (fragment != null) {
      Files.createDirectories(directory.resolve("META-INF"));
      Files.writeString(directory.resolve("META-INF/web-fragment.xml"), fragment);
    }
    try (var loader = new URLClassLoader(new URL[] {directory.toUri().toURL()}, null)) {
      return WebXml.of(
          (ServletContext)
              Proxy.newProxyInstance(
                  WebXmlTest.class.getClassLoader(),
                  new Class<?>[] {ServletContext.class},
                  (proxy, method, arguments) ->
                      switch (method.getName()) {
                        case "getClassLoader" -> loader;
                        case "getResourceAsStream" ->
                            webXml == null
                                ? null
                                : new ByteArrayInputStream(webXml.getBytes(StandardCharsets.UTF_8));
                        default -> throw new UnsupportedOperationException(method.getName());
                      }));
    }
  }

  @Test
  void theWelcomeFilesOfFragmentsAreReadTooButNotTheirMappings() throws IOException {
    var webXml = read(WEB_XML, FRAGMENT);
    assertThat(webXml.welcomeFiles()).containsExactly("start.do", "faces/start.xhtml", "home");
    assertThat(webXml.maps("gatehouse")).isTrue();
    assertThat(webXml.maps("other")).isFalse();
  }

  @Test
  void aMissingOrBrokenFileHasNone() throws IOException {
    assertThat(read(null, null).welcomeFiles()).isEmpty();
    assertThat(read("<web-app", "<welcome-file>").welcomeFiles()).isEmpty();
  }
}

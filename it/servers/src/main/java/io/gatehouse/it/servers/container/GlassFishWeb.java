package io.gatehouse.it.servers.container;

/** Payara's deployment descriptor of a web application. */
final class GlassFishWeb {
  private static final String CONTEXT =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <!DOCTYPE glassfish-web-app PUBLIC "-//GlassFish.org//DTD GlassFish Application Server 3.1 Servlet 3.0//EN"
          "http://glassfish.org/dtds/glassfish-web-app_3_0-1.dtd">
      <glassfish-web-app>
        <context-root>%s</context-root>
        <property name="crossContextAllowed" value="true"/>
      </glassfish-web-app>
      """;

  private GlassFishWeb() {}

  static void writeContextRoot(WarFile war, String contextPath) {
    war.with(
        "/WEB-INF/glassfish-web.xml", CONTEXT.formatted(contextPath.isEmpty() ? "/" : contextPath));
  }
}

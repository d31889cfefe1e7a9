package io.gatehouse.container;

import java.nio.file.Files;
import org.apache.catalina.startup.Tomcat;

/** Tomcat in this process. */
final class TomcatServer implements Container.Server {
  private final Tomcat tomcat = new Tomcat();

  TomcatServer(TrialServlet servlet) throws Exception {
    tomcat.setBaseDir(Files.createTempDirectory("rules").toString());
    tomcat.setPort(0);
    tomcat.setHostname("127.0.0.1");
    var context = tomcat.addContext("", null);
    Tomcat.addServlet(context, "async", servlet).setAsyncSupported(true);
    context.addServletMapping(Call.ASYNC + "/*", "async");
    Tomcat.addServlet(context, "sync", servlet).setAsyncSupported(false);
    context.addServletMapping(Call.SYNC + "/*", "sync");
    tomcat.getConnector();
    tomcat.start();
  }

  @Override
  public int port() {
    return tomcat.getConnector().getLocalPort();
  }

  @Override
  public void stop() throws Exception {
    tomcat.stop();
    tomcat.destroy();
  }
}

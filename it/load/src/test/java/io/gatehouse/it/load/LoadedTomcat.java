package io.gatehouse.it.load;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.AbstractProtocol;
import org.apache.tomcat.util.threads.VirtualThreadExecutor;

/** The measured process: Tomcat, with the same settings for every variant. */
final class LoadedTomcat {
  static final String VIRTUAL_THREADS = "load.virtual";

  private static final int THREADS = 64;

  private LoadedTomcat() {}

  /**
   * Serves until the process ends.
   *
   * @param arguments the variant, and an empty directory
   */
  public static void main(String[] arguments) throws Exception {
    var metrics = Integer.getInteger(Metrics.PORT);
    if (metrics != null) {
      Metrics.serve(metrics);
    }
    var directory = Path.of(arguments[1]);
    var tomcat = create(directory);
    tomcat.setConnector(connector());
    var application = Application.create(Variant.valueOf(arguments[0]), directory);
    if (metrics != null) {
      application.getPipeline().addValve(new HoleValve());
    }
    tomcat.getHost().addChild(application);
    var control = tomcat.addContext("/control", directory.toString());
    var servlet = Tomcat.addServlet(control, "control", new ControlServlet(application));
    for (var path : new String[] {"/sessions", "/forget", "/pin"}) {
      servlet.addMapping(path);
    }
    tomcat.start();
    if (!application.getState().isAvailable()) {
      throw new LifecycleException("the application has not started");
    }
    tomcat.getServer().await();
  }

  /** Creates a Tomcat without a connector. */
  static Tomcat create(Path directory) throws Exception {
    var tomcat = new Tomcat();
    tomcat.setBaseDir(Files.createDirectories(directory).toAbsolutePath().toString());
    return tomcat;
  }

  private static Connector connector() {
    var connector = new Connector("org.apache.coyote.http11.Http11NioProtocol");
    connector.setPort(Integer.getInteger(Application.PORT));
    set(connector, "address", "127.0.0.1");
    set(connector, "maxKeepAliveRequests", "-1");
    set(connector, "keepAliveTimeout", "-1");
    set(connector, "maxThreads", String.valueOf(THREADS));
    set(connector, "minSpareThreads", String.valueOf(THREADS));
    if (Boolean.getBoolean(VIRTUAL_THREADS)
        && connector.getProtocolHandler() instanceof AbstractProtocol<?> protocol) {
      protocol.setExecutor(new VirtualThreadExecutor("virtual-"));
    }
    return connector;
  }

  private static void set(Connector connector, String name, String value) {
    if (!connector.setProperty(name, value)) {
      throw new IllegalStateException("no such property: " + name);
    }
  }
}

package io.gatehouse.container;

import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** Jetty in this process. */
final class JettyServer implements Container.Server {
  private final Server server = new Server();
  private final ServerConnector connector = new ServerConnector(server);

  JettyServer(TrialServlet servlet) throws Exception {
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    var context = new ServletContextHandler("/", ServletContextHandler.SESSIONS);
    context.addServlet(holder("async", servlet, true), Call.ASYNC + "/*");
    context.addServlet(holder("sync", servlet, false), Call.SYNC + "/*");
    server.setHandler(context);
    server.start();
  }

  private static ServletHolder holder(String name, TrialServlet servlet, boolean isAsync) {
    var holder = new ServletHolder(name, servlet);
    holder.setAsyncSupported(isAsync);
    return holder;
  }

  @Override
  public int port() {
    return connector.getLocalPort();
  }

  @Override
  public void stop() throws Exception {
    server.stop();
  }
}

package io.gatehouse.container;

import io.undertow.Undertow;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.ServletInfo;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import jakarta.servlet.http.HttpServlet;
import java.net.InetSocketAddress;

/** Undertow in this process, which is WildFly's. */
final class UndertowServer implements Container.Server {
  private final Undertow undertow;

  UndertowServer(TrialServlet servlet) throws Exception {
    var deployment =
        Servlets.deployment()
            .setClassLoader(UndertowServer.class.getClassLoader())
            .setContextPath("/")
            .setDeploymentName("rules")
            .addServlet(named("async", servlet).setAsyncSupported(true).addMapping("/async/*"))
            .addServlet(named("sync", servlet).setAsyncSupported(false).addMapping("/sync/*"));
    var manager = Servlets.newContainer().addDeployment(deployment);
    manager.deploy();
    undertow =
        Undertow.builder()
            .setIoThreads(1)
            .setWorkerThreads(2)
            .addHttpListener(0, "127.0.0.1")
            .setHandler(manager.start())
            .build();
    undertow.start();
  }

  private static ServletInfo named(String name, TrialServlet servlet) {
    return Servlets.servlet(
        name, HttpServlet.class, new ImmediateInstanceFactory<HttpServlet>(servlet));
  }

  @Override
  public int port() {
    return ((InetSocketAddress) undertow.getListenerInfo().get(0).getAddress()).getPort();
  }

  @Override
  public void stop() {
    undertow.stop();
  }
}

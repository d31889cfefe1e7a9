package io.gatehouse.container;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** A real container on loopback. */
final class Container implements Place {
  /** Starts a container with a servlet. */
  interface Start {
    Server with(TrialServlet servlet) throws Exception;
  }

  /** A container that runs. */
  interface Server {
    int port();

    void stop() throws Exception;
  }

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();
  private final TrialServlet servlet = new TrialServlet();
  private final String name;
  private final Server server;

  Container(String name, Start start) throws Exception {
    this.name = name;
    server = start.with(servlet);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public SentResponse exchange(ServletRule rule) throws Exception {
    servlet.next(rule.trial());
    try {
      var sent = client.send(rule.call().to(server.port()), BodyHandlers.ofString());
      servlet.rethrow();
      return new SentResponse(sent.statusCode(), sent.headers().map(), sent.body());
    } catch (IOException broken) {
      servlet.rethrow();
      throw broken;
    }
  }

  @Override
  public void stop() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}

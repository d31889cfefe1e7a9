package io.gatehouse.full;

import io.gatehouse.BearerHttpClient;
import io.gatehouse.LoginNeededException;
import io.gatehouse.Tokens;
import io.gatehouse.rest.BearerTokenFilter;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.client.ClientBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Calls the API with the Jakarta REST client and with the JDK's client. The calls add no token
 * themselves.
 */
@WebServlet("/offers")
public final class OffersServlet extends HttpServlet {
  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    var tokens = Tokens.of(request).orElseThrow(LoginNeededException::new);
    var api = ConfigProvider.getConfig().getValue("full.api-url", URI.class);
    var client = ClientBuilder.newClient().register(new BearerTokenFilter(tokens));
    response.setContentType("text/plain");
    try (var answer = client.target(api).request().get()) {
      response.getWriter().println("rest " + answer.getStatus());
    } finally {
      client.close();
    }
    response.getWriter().println("jdk " + jdk(tokens, api));
  }

  private static int jdk(Tokens tokens, URI api) throws IOException {
    var client = BearerHttpClient.of(HttpClient.newHttpClient(), tokens);
    try {
      return client
          .send(HttpRequest.newBuilder(api).build(), BodyHandlers.discarding())
          .statusCode();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}

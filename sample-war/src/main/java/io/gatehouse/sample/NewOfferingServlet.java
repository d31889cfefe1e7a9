package io.gatehouse.sample;

import io.gatehouse.Tokens;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Objects;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Publishes an offering. This servlet makes no access decision: {@code gatehouse.required-roles}
 * asks for the power to create an offering, and the API checks the power again.
 */
@WebServlet("/offerings/new")
public final class NewOfferingServlet extends HttpServlet {
  private static final String PUBLISHED = "published";

  private final OfferingsApi offeringsApi =
      new OfferingsApi(ConfigProvider.getConfig().getValue("sample.api-url", URI.class));

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    var session = request.getSession();
    request.setAttribute(PUBLISHED, session.getAttribute(PUBLISHED));
    session.removeAttribute(PUBLISHED); // shown only once
    show(request, response);
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    var tokens =
        Tokens.of(request)
            .orElseThrow(
                () -> new ServletException("/offerings/new must be behind GatehouseFilter"));
    if (!OwnPage.sent(request)) {
      refuse(request, response, 403, "This form came from another site, so nothing was published.");
      return;
    }
    var name = Objects.requireNonNullElse(request.getParameter("name"), "").strip();
    request.setAttribute("name", name);
    if (!Offering.isName(name)) {
      request.setAttribute("nameIsInvalid", true);
      refuse(request, response, 400, "An offering needs a name of 1 to 80 characters.");
      return;
    }
    try {
      offeringsApi.publish(tokens, name);
    } catch (OfferingsUnavailableException unavailable) {
      refuse(
          request,
          response,
          502,
          Objects.requireNonNullElse(unavailable.getMessage(), "Try again later."));
      return;
    }
    request.getSession().setAttribute(PUBLISHED, name);
    response.setStatus(HttpServletResponse.SC_SEE_OTHER); // a reload does not publish twice
    response.setHeader("Location", request.getContextPath() + "/offerings/new");
  }

  private static void refuse(
      HttpServletRequest request, HttpServletResponse response, int status, String problem)
      throws ServletException, IOException {
    response.setStatus(status);
    request.setAttribute("problem", problem);
    show(request, response);
  }

  private static void show(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    response.setHeader("Cache-Control", "no-store");
    request.getRequestDispatcher("/WEB-INF/pages/new-offering.jsp").forward(request, response);
  }
}

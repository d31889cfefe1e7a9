package io.gatehouse.sample;

import io.gatehouse.Tokens;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.ConfigProvider;

/** The account page: protected, so each request has a user with tokens. */
@WebServlet("/account")
public final class AccountServlet extends HttpServlet {
  private final Clock clock = Clock.systemUTC();
  private final OfferingsApi offeringsApi =
      new OfferingsApi(ConfigProvider.getConfig().getValue("sample.api-url", URI.class));

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    var tokens =
        Tokens.of(request)
            .orElseThrow(() -> new ServletException("/account must be behind GatehouseFilter"));
    var tab = Optional.ofNullable(request.getParameter("tab")).orElse("profile");
    var known = Section.named(tab);
    var section = known.orElse(Section.PROFILE);

    request.setAttribute("tab", tab);
    request.setAttribute("tabIsKnown", known.isPresent());
    request.setAttribute("section", section);
    request.setAttribute("sections", List.of(Section.values()));
    switch (section) {
      case PROFILE -> {
        var mandate = Mandate.of(tokens.accessToken());
        request.setAttribute("mandator", mandate.mandator().orElse(null));
      }
      case POWERS -> request.setAttribute("powers", Mandate.of(tokens.accessToken()).powers());
      case TOKENS ->
          request.setAttribute("lifetime", new Lifetime(tokens.expiresAt(), clock.instant()));
      case API -> callApi(request, tokens);
    }
    response.setHeader("Cache-Control", "no-store");
    request
        .getRequestDispatcher("/WEB-INF/pages/account/" + section.tab() + ".jsp")
        .forward(request, response);
  }

  private void callApi(HttpServletRequest request, Tokens tokens) {
    request.setAttribute("apiAddress", offeringsApi.address());
    try {
      request.setAttribute("offerings", offeringsApi.offerings(tokens));
    } catch (OfferingsUnavailableException unavailable) {
      request.setAttribute("problem", unavailable.getMessage());
    }
  }
}

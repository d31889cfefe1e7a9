package io.gatehouse.it.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Response;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Observes all pages of a window: none has an error in its console, none sends a request to another
 * origin, and each page of the application has its Content Security Policy.
 */
final class Watch {
  private record Complaint(String text, String url) {
    /** Returns whether the complaint is about a status that the test expects. */
    boolean isOfStatusOf(Set<String> refused) {
      return text.startsWith("Failed to load resource: the server responded with a status of")
          && refused.contains(url);
    }
  }

  private final String application;
  private final Set<String> origins;
  private final List<String> wrong = new ArrayList<>();
  private final List<Complaint> complaints = new ArrayList<>();
  private final Set<String> refused = new HashSet<>();
  private String lastCallback = "";

  private Watch(String application, String verifier) {
    this.application = application;
    this.origins = Set.of(application, verifier);
  }

  static Watch over(BrowserContext window, Market market) {
    var watch =
        new Watch(origin(market.page(Market.SHOP, "/")), origin(market.verifier().issuer()));
    window.onRequest(watch::take);
    window.onResponse(watch::take);
    window.onConsoleMessage(watch::take);
    window.onWebError(it -> watch.wrong.add(it.error()));
    return watch;
  }

  private static String origin(String url) {
    var uri = URI.create(url);
    return uri.getScheme() + "://" + uri.getAuthority();
  }

  private void take(Request request) {
    var url = request.url();
    var allowed = request.isNavigationRequest() ? origins : Set.of(origin(request.frame().url()));
    if (!allowed.contains(origin(url))) {
      wrong.add(request.frame().url() + " asks for " + url);
    }
    if (url.contains("/gatehouse/callback?")) {
      lastCallback = url;
    }
  }

  private void take(Response response) {
    var url = response.url();
    if (!response.request().isNavigationRequest()) {
      return;
    }
    if (response.status() >= 400) {
      refused.add(url);
    }
    var policy = response.headers().getOrDefault("content-security-policy", "");
    var isPage = response.status() < 300 || response.status() >= 400;
    if (isPage && origin(url).equals(application) && !isStrict(policy)) {
      wrong.add(url + " has the policy " + policy);
    }
  }

  private static boolean isStrict(String policy) {
    return policy.startsWith("default-src '")
        && policy.contains("frame-ancestors 'none'")
        && policy.contains("base-uri 'none'")
        && !policy.contains("unsafe");
  }

  private void take(ConsoleMessage message) {
    if (message.type().equals("error")) {
      complaints.add(
          new Complaint(message.text(), message.location().replaceFirst(":[0-9]+:[0-9]+$", "")));
    }
  }

  String lastCallback() {
    return lastCallback;
  }

  void assertNothingWrong() {
    assertThat(wrong).isEmpty();
    assertThat(complaints).allMatch(it -> it.isOfStatusOf(refused), "is of an expected status");
  }
}

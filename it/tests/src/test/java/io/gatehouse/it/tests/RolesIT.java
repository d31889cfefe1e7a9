package io.gatehouse.it.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.it.servers.Browser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Powers of a credential as roles: the pages that show them, and the paths that require them. */
@ExtendWith(Servers.Parameter.class)
class RolesIT {
  private final Servers servers;

  RolesIT(Servers servers) {
    this.servers = servers;
  }

  private Browser loggedIn(String context, String person) {
    var browser = new Browser();
    browser.logIn(servers.page(context, "/account"), person);
    return browser;
  }

  @ParameterizedTest
  @ValueSource(strings = {Servers.V2, Servers.V3, Servers.HMAC})
  void areThePowersOfTheCredential(String context) {
    var manager = loggedIn(context, "product-manager");
    var auditor = loggedIn(context, "auditor");
    var powers = servers.page(context, "/account?tab=powers");

    assertThat(manager.get(powers).body())
        .contains("<code>ProductOffering:Create</code>", "<code>Certification:Attest</code>")
        .contains("<code>editor</code>", "<strong id=\"is-editor\">yes</strong>");
    assertThat(auditor.get(powers).body())
        .contains("<code>ProductOffering:Read</code>", "<code>Audit:Read</code>")
        .contains("<strong id=\"is-editor\">no</strong>")
        .doesNotContain("<code>editor</code>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST"})
  void openAPageToWhoeverHasThemAndToNobodyElse(String method) {
    var page = servers.page(Servers.V3, "/offerings/new");
    var auditor = loggedIn(Servers.V3, "auditor").with("Sec-Fetch-Site", "same-origin");

    var refused = auditor.send(method, page, method.equals("POST") ? "name=Ferry" : "");

    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).contains("You may not open this page");
    assertThat(auditor.get(servers.page(Servers.V3, "/account")).statusCode()).isEqualTo(200);
  }

  @Test
  void letTheProductManagerPublishAnOffering() {
    var manager = loggedIn(Servers.V3, "product-manager").with("Sec-Fetch-Site", "same-origin");
    var page = servers.page(Servers.V3, "/offerings/new");
    assertThat(manager.get(page).body()).contains("id=\"new-offering\"");

    var posted = manager.send("POST", page, "name=+%C3%91and%C3%BA+%3Cb%3E+");

    assertThat(posted.statusCode()).isEqualTo(303);
    assertThat(Browser.location(posted)).isEqualTo(page);
    assertThat(manager.get(page).body()).contains("“Ñandú &lt;b&gt;” is published");
    assertThat(manager.get(page).body()).as("news once").doesNotContain("id=\"published\"");
    assertThat(manager.get(servers.page(Servers.V3, "/account?tab=api")).body())
        .contains("Ñandú &lt;b&gt;");
  }

  @Test
  void publishNothingForAnotherSite() {
    var page = servers.page(Servers.V3, "/offerings/new");
    var verifier = servers.verifierOf(Servers.V3);
    var manager = loggedIn(Servers.V3, "product-manager");
    verifier.reset();

    var bySite = manager.with("Sec-Fetch-Site", "same-site").send("POST", page, "name=Ferry");
    var byOrigin =
        manager
            .without("Sec-Fetch-Site")
            .with("Origin", "http://localhost:1")
            .send("POST", page, "name=Ferry");

    assertThat(bySite.statusCode()).isEqualTo(403);
    assertThat(byOrigin.statusCode()).isEqualTo(403);
    assertThat(bySite.body()).contains("came from another site");
    assertThat(verifier.calls().getInt("api")).isZero();
    assertThat(
            manager
                .with("Origin", page.getScheme() + "://" + page.getRawAuthority())
                .send("POST", page, "name=Ferry")
                .statusCode())
        .isEqualTo(303);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "name=", "name=+", "name=a%0Ab"})
  void publishNothingWithoutAName(String form) {
    var manager = loggedIn(Servers.V3, "product-manager").with("Sec-Fetch-Site", "same-origin");
    var page = servers.page(Servers.V3, "/offerings/new");

    var refused = manager.send("POST", page, form);

    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("id=\"problem\"").contains("aria-invalid=\"true\"");
  }
}

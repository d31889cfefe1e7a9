package io.gatehouse.it.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserContext.ClearCookiesOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FormData;
import com.microsoft.playwright.options.RequestOptions;

/** A person with a separate browser, which has one tab at first. */
final class Visitor implements AutoCloseable {
  static final String PRODUCT_MANAGER = "product-manager";
  static final String AUDITOR = "auditor";
  static final String REVOKED = "revoked";

  private final Market market;
  private final Screen screen;
  private final BrowserContext window;
  private final Watch watch;
  private final Page page;

  private Visitor(Market market, Screen screen, boolean javaScript) {
    this.market = market;
    this.screen = screen;
    this.window = market.window(screen, javaScript);
    this.watch = Watch.over(window, market);
    this.page = window.newPage();
  }

  static Visitor at(Market market, Screen screen) {
    return new Visitor(market, screen, true);
  }

  static Visitor withoutJavaScript(Market market, Screen screen) {
    return new Visitor(market, screen, false);
  }

  Screen screen() {
    return screen;
  }

  Page page() {
    return page;
  }

  BrowserContext window() {
    return window;
  }

  /** Opens a page of the shop. */
  Visitor open(String path) {
    return open(Market.SHOP, path);
  }

  Visitor open(String context, String path) {
    page.navigate(market.page(context, path));
    return this;
  }

  /** Clicks the element with this id. */
  Visitor click(String id) {
    page.locator("#" + id).click();
    return this;
  }

  /** Clicks the only link of a Gatehouse page. */
  Visitor goOn() {
    page.locator("main a").click();
    return this;
  }

  /** Follows the only link of a Gatehouse page, without a mouse. */
  Visitor goOnByKeyboard() {
    page.keyboard().press("Tab");
    page.keyboard().press("Enter");
    return this;
  }

  /** Presents a person's credential on the Verifier's page. */
  Visitor present(String person) {
    present(person, page);
    return this;
  }

  static void present(String person, Page tab) {
    assertThat(tab).hasTitle("Present your credential");
    tab.locator("#person-" + person).click();
  }

  Visitor logIn(String person, String path) {
    open(path).present(person);
    return assertAt(path);
  }

  /**
   * Returns the address to which the Verifier would redirect; the browser stays at the Verifier's
   * page.
   */
  String approved(String person) {
    assertThat(page).hasTitle("Present your credential");
    var form = page.locator("#wallet");
    var answer =
        window
            .request()
            .post(
                (String) form.evaluate("it => it.action"),
                RequestOptions.create()
                    .setForm(
                        FormData.create()
                            .set("login", form.locator("[name=login]").getAttribute("value"))
                            .set("person", person))
                    .setMaxRedirects(0));
    assertThat(answer.status()).isEqualTo(302);
    return answer.headers().getOrDefault("location", "");
  }

  /** Verifies that the visitor is at this page of the shop. */
  Visitor assertAt(String path) {
    assertThat(page).hasURL(market.page(Market.SHOP, path));
    return this;
  }

  /** Deletes the session cookie, like a browser that does not store it. */
  void loseSession() {
    window.clearCookies(new ClearCookiesOptions().setName("JSESSIONID"));
  }

  /** Returns the last callback to which the browser was redirected. */
  String lastCallback() {
    return watch.lastCallback();
  }

  /** Closes the browser, and verifies that no page did anything forbidden. */
  @Override
  public void close() {
    window.pages().forEach(Page::title); // pending browser events arrive before the answer
    window.close();
    watch.assertNothingWrong();
  }
}

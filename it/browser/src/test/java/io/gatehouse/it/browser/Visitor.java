package io.gatehouse.it.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserContext.ClearCookiesOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FormData;
import com.microsoft.playwright.options.RequestOptions;

/** Somebody in front of a browser of their own, at first with one tab. */
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

  /** Clicks what has this id. */
  Visitor click(String id) {
    page.locator("#" + id).click();
    return this;
  }

  /** Clicks the one link of a page of ours. */
  Visitor goOn() {
    page.locator("main a").click();
    return this;
  }

  /** The same without a mouse. */
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

  /** Where the Verifier would send the browser that is at its page, which stays there. */
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

  /** The visitor is at this page of the shop. */
  Visitor assertAt(String path) {
    assertThat(page).hasURL(market.page(Market.SHOP, path));
    return this;
  }

  /** The browser forgets the session, as one that takes no cookies of it would. */
  void loseSession() {
    window.clearCookies(new ClearCookiesOptions().setName("JSESSIONID"));
  }

  /** The last callback that the browser was sent to. */
  String lastCallback() {
    return watch.lastCallback();
  }

  /** Leaves; no page has done what none may do. */
  @Override
  public void close() {
    window.pages().forEach(Page::title); // what it has still to tell comes before the answer
    window.close();
    watch.assertNothingWrong();
  }
}

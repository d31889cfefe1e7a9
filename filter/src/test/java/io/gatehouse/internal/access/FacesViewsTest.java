package io.gatehouse.internal.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.filter.Deployment;
import io.gatehouse.filter.FakeRequest;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The names of a page of Jakarta Faces. */
@Tag("case-5")
class FacesViewsTest {
  private static ServletContext context(String servletClass) {
    return context(servletClass, List.of("/faces/*", "*.jsf", "*.faces", "*.xhtml", "*.page"));
  }

  private static ServletContext context(String servletClass, List<String> mappings) {
    var registration =
        Deployment.proxy(
            ServletRegistration.class,
            (proxy, method, arguments) ->
                method.getName().equals("getClassName") ? servletClass : mappings);
    return Deployment.proxy(
        ServletContext.class,
        (proxy, method, arguments) ->
            method.getName().equals("getServletRegistration") && arguments[0].equals("Faces")
                ? registration
                : null);
  }

  private static Collection<String> names(String servletPath, @Nullable String pathInfo) {
    return FacesViews.of(page("/x").decodedAs(servletPath, pathInfo).http()).mapped();
  }

  private static FakeRequest page(String target) {
    return FakeRequest.get(target)
        .servedBy("Faces")
        .inside(context("jakarta.faces.webapp.FacesServlet"));
  }

  @ParameterizedTest
  @CsvSource({
    "/faces, /admin/page.xhtml",
    "/faces, /admin/page.jsf",
    "/faces, /faces/admin/page.xhtml",
    "/admin/page.jsf,",
    "/admin/page.faces,",
    "/admin/page.xhtml,",
    "/admin/page.page,",
    "/admin/page.xhtml.jsf,",
    "/admin/page,"
  })
  void eachOfThemHasAllOthers(String servletPath, @Nullable String pathInfo) {
    assertThat(names(servletPath, pathInfo))
        .contains(
            "/admin/page",
            "/admin/page.xhtml",
            "/admin/page.jsf",
            "/admin/page.faces",
            "/admin/page.page",
            "/faces/admin/page.xhtml",
            "/faces/admin/page");
  }

  @Test
  void aDotOfAnotherMeaningStays() {
    assertThat(names("/admin/page.v2", null)).contains("/admin/page.v2", "/admin/page.v2.xhtml");
  }

  @Test
  void aPageOfAnotherServletHasItsOwnNameOnly() {
    var request = FakeRequest.get("/a.jsf").servedBy("Faces").inside(context("com.example.Other"));
    assertThat(FacesViews.of(request.http())).isEqualTo(FacesViews.Names.NONE);
    assertThat(FacesViews.of(FakeRequest.get("/a.jsf").http())).isEqualTo(FacesViews.Names.NONE);
  }

  @ParameterizedTest
  @CsvSource({
    "/admin/page.xhtml, /admin/page.jsf",
    "/admin/page.jsf, /faces/admin/page",
    "/admin/page, /faces/admin/page.v2.xhtml",
    "/admin/, /faces/admin/index.xhtml",
    "/admin/*, /faces/admin/page.xhtml",
  })
  void aRuleForOneNameIsARuleForAll(String restricted, String target) {
    var rules = Rules.open().loggedIn(restricted);
    assertThat(rules.rules().of(page(target).http()).isPublic()).isFalse();
    assertThat(rules.rules().of(page("/faces/other.xhtml").http()).isPublic()).isTrue();
    assertThat(rules.rules().of(FakeRequest.get(target).http()).isPublic()).isTrue();
  }

  // With *.jsf, web.xml often closes *.xhtml: the sources of the pages.
  @Test
  void anExtensionThatIsNotMappedIsNoNameOfThePage() {
    var faces = context("jakarta.faces.webapp.FacesServlet", List.of("*.jsf", "/faces/*"));
    var page = FakeRequest.get("/admin/page.jsf").servedBy("Faces").inside(faces);
    assertThat(Rules.open().role("*.xhtml", "none").rules().of(page.http()).roles()).isEmpty();
    for (var path : List.of("*.jsf", "/admin/page.xhtml", "/admin/*", "/faces/admin/page.xhtml")) {
      var rules = Rules.open().role("*.xhtml", "none").role(path, "boss").rules();
      assertThat(rules.of(page.http()).roles()).as(path).containsExactly(Set.of("boss"));
    }
    var login = Rules.open().acr("*.xhtml", "gold").maxAge("*.xhtml", Duration.ofHours(1)).rules();
    assertThat(login.of(page.http()).acrs()).isEmpty();
    assertThat(login.of(page.http()).maxAge()).isEmpty();
    var byPrefix =
        FakeRequest.get("/faces/admin/page")
            .decodedAs("/faces", "/admin/page")
            .servedBy("Faces")
            .inside(faces);
    assertThat(Rules.open().role("*.xhtml", "none").rules().of(byPrefix.http()).roles())
        .containsExactly(Set.of("none"));
    var source = FakeRequest.get("/admin/page.xhtml").inside(faces);
    assertThat(Rules.open().role("*.xhtml", "none").rules().of(source.http()).roles())
        .containsExactly(Set.of("none"));
  }

  @Test
  void aRuleForAnotherNameCountsIfAnyReadingHasALessExactOne() {
    var rules = Rules.open().role("/administration/*", "a").role("/faces/*", "f").rules();
    var page = page("/administration/page.jsf").decodedAs("/open/page.jsf", null);
    assertThat(rules.of(page.http()).roles()).containsExactlyInAnyOrder(Set.of("a"), Set.of("f"));
    assertThat(rules.of(page("/administration/page.jsf").http()).roles())
        .containsExactly(Set.of("a"));
  }

  @ParameterizedTest
  @CsvSource({
    "/admin/help.xhtml, true",
    "/admin/help.jsf, false",
    "/faces/admin/help.xhtml, false",
    "/admin/other.xhtml, false",
  })
  void aPublicPageBelowAProtectedPrefixIsPublicByItsOwnNameOnly(String target, boolean isPublic) {
    var rules = Rules.open("/admin/help.xhtml").loggedIn("/admin/*").rules();
    assertThat(rules.of(page(target).http()).isPublic()).isEqualTo(isPublic);
  }
}

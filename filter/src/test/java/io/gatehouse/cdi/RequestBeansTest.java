package io.gatehouse.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.AuthenticatedUser;
import io.gatehouse.FakeTokens;
import io.gatehouse.FakeUser;
import io.gatehouse.LoginNeededException;
import io.gatehouse.Tokens;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.security.Principal;
import java.util.function.Supplier;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The request beans in Weld, which finds them by the jar's own META-INF/beans.xml. */
class RequestBeansTest {
  private static @Nullable Tokens loggedIn;

  private final WeldContainer container =
      new Weld().addBeanClasses(Greeting.class, ServletContainer.class).initialize();

  @AfterEach
  void stop() {
    container.shutdown();
    loggedIn = null;
  }

  /** A bean of an application, which outlives its requests. */
  @ApplicationScoped
  static class Greeting {
    @Inject Tokens tokens;
    @Inject AuthenticatedUser user;
    @Inject Principal principal;

    String text() {
      return user.displayName() + " has " + tokens.accessToken() + " of " + tokens.user();
    }

    String accessToken() {
      return tokens.accessToken();
    }

    String principalName() {
      return principal.getName();
    }
  }

  /** The beans that a container with servlets provides. */
  @ApplicationScoped
  static class ServletContainer {
    @Produces
    @RequestScoped
    HttpServletRequest request() {
      var session =
          fake(
              HttpSession.class,
              (proxy, method, arguments) ->
                  switch (method.getName()) {
                    case "getServletContext" -> fake(ServletContext.class, (p, m, a) -> null);
                    case "getAttribute" -> loggedIn;
                    default -> throw new AssertionError(method.getName());
                  });
      return fake(
          HttpServletRequest.class,
          (proxy, method, arguments) -> {
            if (method.getName().equals("isRequestedSessionIdFromURL")) {
              return false;
            }
            assertThat(arguments).containsExactly(false); // without a user, no session
            return loggedIn == null ? null : session;
          });
    }

    @Produces
    Principal builtIn() {
      return () -> "built-in";
    }
  }

  private static <T> T fake(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            RequestBeansTest.class.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private <T> T inRequestOf(@Nullable Tokens tokens, Supplier<T> work) {
    loggedIn = tokens;
    var context = container.select(RequestContextController.class).get();
    context.activate();
    try {
      return work.get();
    } finally {
      context.deactivate();
    }
  }

  @Test
  void eachRequestHasItsOwnUser() {
    var greeting = container.select(Greeting.class).get();
    var ada = new FakeTokens("token-1", new FakeUser("ada"));
    var bob = new FakeTokens("token-2", new FakeUser("bob"));
    assertThat(inRequestOf(ada, greeting::text))
        .isEqualTo("ada has token-1 of FakeUser[subject=ada, roles=[]]");
    assertThat(inRequestOf(bob, greeting::text))
        .isEqualTo("bob has token-2 of FakeUser[subject=bob, roles=[]]");
  }

  @Test
  void whoIsNotLoggedInNeedsALogin() {
    var greeting = container.select(Greeting.class).get();
    assertThatThrownBy(() -> inRequestOf(null, greeting::text))
        .isInstanceOf(LoginNeededException.class);
    var ada = new FakeTokens("token-1", new FakeUser("ada"));
    assertThat(inRequestOf(ada, greeting::text)).startsWith("ada ");
    assertThatThrownBy(() -> inRequestOf(null, greeting::accessToken))
        .isInstanceOf(LoginNeededException.class);
  }

  @Test
  void theUserIsNoSecondPrincipal() {
    var greeting = container.select(Greeting.class).get();
    assertThat(inRequestOf(null, greeting::principalName)).isEqualTo("built-in");
  }

  @Test
  void theTokensHaveNoNameThatAnApplicationMayHaveTaken() {
    assertThat(container.getBeanManager().getBeans("tokens")).isEmpty();
    assertThat(container.getBeanManager().getBeans("user")).isEmpty();
  }

  @Test
  void nothingElseOfTheJarIsABean() {
    assertThat(container.getBeanManager().getBeans(Object.class))
        .extracting(it -> it.getBeanClass().getName())
        .filteredOn(it -> it.startsWith("io.gatehouse.") && !it.contains("Test$"))
        .containsOnly(RequestBeans.class.getName());
  }
}

package io.gatehouse.internal.access;

import io.undertow.Undertow;
import io.undertow.security.idm.Account;
import io.undertow.security.idm.Credential;
import io.undertow.security.idm.IdentityManager;
import io.undertow.security.idm.PasswordCredential;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.LoginConfig;
import io.undertow.servlet.api.SecurityConstraint;
import io.undertow.servlet.api.SecurityInfo.EmptyRoleSemantic;
import io.undertow.servlet.api.WebResourceCollection;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.InetSocketAddress;
import java.security.Principal;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Undertow's authenticator, WildFly's. */
final class UndertowAuthenticator implements Authenticator {
  private final Undertow undertow;

  UndertowAuthenticator(List<Constraint> constraints) {
    var deployment =
        Servlets.deployment()
            .setClassLoader(UndertowAuthenticator.class.getClassLoader())
            .setContextPath("/")
            .setDeploymentName("test")
            .addServlet(Servlets.servlet("page", Page.class).addMapping("/"))
            .setLoginConfig(new LoginConfig("BASIC", "test"))
            .setIdentityManager(new Users())
            .addSecurityRoles(Set.copyOf(Constraint.ROLES));
    constraints.forEach(it -> deployment.addSecurityConstraint(of(it)));
    var manager = Servlets.defaultContainer().addDeployment(deployment);
    manager.deploy();
    try {
      undertow =
          Undertow.builder()
              .setIoThreads(1)
              .setWorkerThreads(2)
              .addHttpListener(0, "127.0.0.1")
              .setHandler(manager.start())
              .build();
    } catch (ServletException e) {
      throw new IllegalStateException(e);
    }
    undertow.start();
  }

  private static SecurityConstraint of(Constraint constraint) {
    var collection = new WebResourceCollection().addUrlPatterns(constraint.patterns());
    if (constraint.areOmitted()) {
      collection.addHttpMethodOmissions(constraint.methods());
    } else {
      collection.addHttpMethods(constraint.methods());
    }
    var of = new SecurityConstraint().addWebResourceCollection(collection);
    switch (constraint.access()) {
      case OPEN -> of.setEmptyRoleSemantic(EmptyRoleSemantic.PERMIT);
      case CLOSED -> of.setEmptyRoleSemantic(EmptyRoleSemantic.DENY);
      case ANY_ROLE -> of.addRoleAllowed("*");
      case ANY_USER -> of.addRoleAllowed("**");
      case ROLES -> of.addRolesAllowed(constraint.roles());
    }
    return of;
  }

  @Override
  public int status(String method, String path, String user) {
    var listener = (InetSocketAddress) undertow.getListenerInfo().get(0).getAddress();
    return BasicRequests.status(listener.getPort(), method, path, user);
  }

  @Override
  public void close() {
    undertow.stop();
  }

  /** Serves every path. */
  public static final class Page extends HttpServlet {
    private static final long serialVersionUID = 1L;

    /** Constructor for the container. */
    public Page() {}

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) {
      response.setStatus(HttpServletResponse.SC_OK);
    }
  }

  private static final class Users implements IdentityManager {
    @Override
    public Account verify(Account account) {
      return account;
    }

    @Override
    public @Nullable Account verify(String id, Credential credential) {
      var isKnown =
          USERS.contains(id)
              && credential instanceof PasswordCredential password
              && id.equals(String.valueOf(password.getPassword()));
      return isKnown ? new User(id) : null;
    }

    @Override
    public @Nullable Account verify(Credential credential) {
      return null;
    }
  }

  private record User(String name) implements Account {
    @Override
    public Principal getPrincipal() {
      return () -> name;
    }

    @Override
    public Set<String> getRoles() {
      return Constraint.ROLES.stream().filter(name::equals).collect(Collectors.toSet());
    }
  }
}

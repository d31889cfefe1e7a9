package io.gatehouse.internal.access;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.security.Principal;
import java.util.List;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.authenticator.BasicAuthenticator;
import org.apache.catalina.realm.GenericPrincipal;
import org.apache.catalina.realm.RealmBase;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.LoginConfig;
import org.apache.tomcat.util.descriptor.web.SecurityCollection;
import org.apache.tomcat.util.descriptor.web.SecurityConstraint;
import org.jspecify.annotations.Nullable;

/** Tomcat's authenticator. */
final class TomcatAuthenticator implements Authenticator {
  private final Tomcat tomcat = new Tomcat();

  TomcatAuthenticator(List<Constraint> constraints) {
    try {
      tomcat.setBaseDir(Files.createTempDirectory("authenticator").toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    tomcat.setPort(0);
    tomcat.setHostname("127.0.0.1");
    var context = tomcat.addContext("", null);
    Tomcat.addServlet(context, "page", new Page());
    context.addServletMapping("/", "page");
    constraints.forEach(it -> context.addConstraint(of(it)));
    Constraint.ROLES.forEach(context::addSecurityRole);
    context.setLoginConfig(new LoginConfig("BASIC", "test", null, null));
    context.setRealm(new Users());
    context.getPipeline().addValve(new BasicAuthenticator());
    try {
      tomcat.getConnector();
      tomcat.start();
    } catch (LifecycleException e) {
      throw new IllegalStateException(e);
    }
  }

  private static SecurityConstraint of(Constraint constraint) {
    var collection = new SecurityCollection();
    constraint.patterns().forEach(it -> collection.addPattern(it));
    for (var method : constraint.methods()) {
      if (constraint.areOmitted()) {
        collection.addOmittedMethod(method);
      } else {
        collection.addMethod(method);
      }
    }
    var of = new SecurityConstraint();
    of.addCollection(collection);
    switch (constraint.access()) {
      case OPEN -> of.setAuthConstraint(false);
      case CLOSED -> of.setAuthConstraint(true);
      case ANY_ROLE -> of.addAuthRole("*");
      case ANY_USER -> of.addAuthRole(SecurityConstraint.ROLE_ALL_AUTHENTICATED_USERS);
      case ROLES -> constraint.roles().forEach(of::addAuthRole);
    }
    return of;
  }

  @Override
  public int status(String method, String path, String user) {
    return BasicRequests.status(tomcat.getConnector().getLocalPort(), method, path, user);
  }

  @Override
  public void close() {
    try {
      tomcat.stop();
      tomcat.destroy();
    } catch (LifecycleException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class Users extends RealmBase {
    @Override
    protected @Nullable String getPassword(String user) {
      return USERS.contains(user) ? user : null;
    }

    @Override
    protected Principal getPrincipal(String user) {
      return new GenericPrincipal(user, Constraint.ROLES.stream().filter(user::equals).toList());
    }
  }

  private static final class Page extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) {
      response.setStatus(HttpServletResponse.SC_OK);
    }
  }
}

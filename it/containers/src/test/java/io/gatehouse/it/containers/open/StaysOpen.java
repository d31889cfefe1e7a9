package io.gatehouse.it.containers.open;

import io.gatehouse.it.containers.Application;
import io.gatehouse.it.containers.Servers;
import io.gatehouse.it.servers.Browser;
import io.gatehouse.it.servers.ServerProcess;
import io.gatehouse.it.servers.StandIn;
import io.gatehouse.it.servers.container.ContainerServer;
import io.gatehouse.it.servers.container.Deployed;
import jakarta.json.Json;
import java.net.URI;
import java.util.Map;

/** The application whose endpoints stay open: sockets, streams and asynchronous requests. */
public final class StaysOpen {
  static final String AUDITOR = "auditor";
  static final String MANAGER = "product-manager";

  private static final Application APPLICATION = Application.at("open");
  private static final int MAX_TRIES = 30;
  private static final String USER = "user ";

  private StaysOpen() {}

  /** Returns the application with its context path. */
  public static Deployed deployed() {
    var source = ContainerServer.hasServletsOnly() ? "doors-servlets.war" : "doors.war";
    return APPLICATION.deployed(
        APPLICATION
            .war(source, Map.of("gatehouse.public-url", APPLICATION.publicUrl()))
            .without("/WEB-INF/classes/io/gatehouse/doors/ee/EjbDoor.class")
            .without("/WEB-INF/classes/io/gatehouse/doors/ee/RemoteDoor.class")
            .without("/WEB-INF/classes/io/gatehouse/doors/ee/RemoteDoorBean.class"));
  }

  /** Registers the application at the authorization server. */
  public static void register(StandIn standIn) {
    standIn.registerDidKey(APPLICATION.clientId(), APPLICATION.publicUrl());
  }

  /** Waits until the application is served. */
  public static void await(ContainerServer container) {
    container.await(APPLICATION.path(), "/counts", "COUNTS");
  }

  static URI page(String path) {
    return APPLICATION.page(path);
  }

  static String counts() {
    return new Browser().get(page("/counts")).body();
  }

  // A login within the second in which the authorization server ended all sessions of that user is
  // ended too.
  static Browser logIn(String person) {
    for (int i = 0; i < MAX_TRIES; i++) {
      var browser = new Browser().with("Sec-Fetch-Site", "same-origin");
      browser.logIn(page("/secret"), person);
      if (browser.get(page("/secret")).statusCode() == 200) {
        return browser;
      }
      ServerProcess.pause();
    }
    throw new AssertionError("no login");
  }

  static String subject(Browser browser) {
    var body = browser.get(page("/secret")).body();
    return body.substring(body.indexOf(USER) + USER.length(), body.indexOf(" at "));
  }

  static void logOut(Browser browser) {
    var answer = browser.send("POST", page("/gatehouse/logout"), "a=b");
    if (answer.statusCode() != 303) {
      throw new AssertionError("logout: " + answer.statusCode());
    }
  }

  /** Ends the sessions of a user by back-channel logout. */
  static void endByServer(String subject) {
    var claims = Json.createObjectBuilder().add("aud", APPLICATION.clientId()).add("sub", subject);
    var token =
        Servers.standIn().logoutToken(Json.createObjectBuilder().add("claims", claims).build());
    var told =
        new Browser().send("POST", page("/gatehouse/backchannel-logout"), "logout_token=" + token);
    if (told.statusCode() != 200) {
      throw new AssertionError("back-channel logout: " + told.statusCode());
    }
  }
}

package io.gatehouse.doors;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;

/** A resource for all common methods. */
@Path("/door")
@Produces("text/plain")
public class RestDoor {
  /** Constructor for the container. */
  public RestDoor() {}

  /** Greets the user. */
  @GET
  public String get(@Context SecurityContext user) {
    Counts.add("rest");
    return "SECRET rest user " + user.getUserPrincipal();
  }

  /** Greets the user. */
  @POST
  public String post(@Context SecurityContext user) {
    return get(user);
  }

  /** Greets the user. */
  @PUT
  public String put(@Context SecurityContext user) {
    return get(user);
  }

  /** Greets the user. */
  @DELETE
  public String delete(@Context SecurityContext user) {
    return get(user);
  }

  /** Greets the user. */
  @OPTIONS
  public String options(@Context SecurityContext user) {
    return get(user);
  }
}

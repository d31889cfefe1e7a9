package io.gatehouse.doors.ee;

import io.gatehouse.doors.Counts;
import jakarta.ejb.Stateless;
import jakarta.jws.WebMethod;
import jakarta.jws.WebService;

/**
 * A bean that is also a web service, which some containers serve outside the application's paths.
 */
@Stateless
@WebService(
    name = "EjbDoor",
    serviceName = "EjbDoorService",
    portName = "EjbDoor",
    targetNamespace = "urn:doors")
public class EjbDoor {
  /** Constructor for the container. */
  public EjbDoor() {}

  /** Greets the caller. */
  @WebMethod
  public String open() {
    Counts.add("ejb-ws");
    return "SECRET ejb-ws";
  }
}

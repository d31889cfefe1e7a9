package io.gatehouse.doors.ee;

import io.gatehouse.doors.Counts;
import jakarta.ejb.Stateless;
import jakarta.jws.WebMethod;
import jakarta.jws.WebService;

/** A bean that is a web service too, which some containers serve beside the application's paths. */
@Stateless
@WebService(
    name = "EjbDoor",
    serviceName = "EjbDoorService",
    portName = "EjbDoor",
    targetNamespace = "urn:doors")
public class EjbDoor {
  /** For the container. */
  public EjbDoor() {}

  /** Greets the caller. */
  @WebMethod
  public String open() {
    Counts.add("ejb-ws");
    return "SECRET ejb-ws";
  }
}

package io.gatehouse.doors;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** Jakarta REST below {@code /rest}. */
@ApplicationPath("/rest")
public class RestApplication extends Application { // Open Liberty creates a proxy of it
  /** Constructor for the container. */
  public RestApplication() {}
}

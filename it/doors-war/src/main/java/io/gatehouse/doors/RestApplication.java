package io.gatehouse.doors;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** Jakarta REST below {@code /rest}. */
@ApplicationPath("/rest")
public class RestApplication extends Application { // Open Liberty makes a proxy of it
  /** For the container. */
  public RestApplication() {}
}

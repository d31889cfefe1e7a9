package io.gatehouse.doors;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** Jakarta REST below {@code /rest}. */
@ApplicationPath("/rest")
public final class RestApplication extends Application {}

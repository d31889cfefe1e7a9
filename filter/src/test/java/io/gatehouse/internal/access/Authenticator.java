package io.gatehouse.internal.access;

import java.util.List;

/** A container with BASIC authentication, and an application with some constraints. */
interface Authenticator extends AutoCloseable {
  String STRANGER = "stranger";

  /** A stranger, a user without a role, and users of one role each, who are named like it. */
  List<String> USERS = List.of(STRANGER, "guest", "boss", "clerk");

  /** Returns the status of the response to a request. */
  int status(String method, String path, String user);

  @Override
  void close();
}

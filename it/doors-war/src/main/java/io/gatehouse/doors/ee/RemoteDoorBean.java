package io.gatehouse.doors.ee;

import io.gatehouse.doors.Counts;
import jakarta.ejb.Stateless;

/** A bean for other processes. */
@Stateless
public class RemoteDoorBean implements RemoteDoor {
  /** Constructor for the container. */
  public RemoteDoorBean() {}

  @Override
  public String open() {
    Counts.add("remote");
    return "SECRET remote";
  }
}

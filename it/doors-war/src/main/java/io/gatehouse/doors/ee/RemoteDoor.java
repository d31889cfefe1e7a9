package io.gatehouse.doors.ee;

import jakarta.ejb.Remote;

/** The interface of a bean for other processes. */
@Remote
public interface RemoteDoor {
  /** Greets the caller. */
  String open();
}

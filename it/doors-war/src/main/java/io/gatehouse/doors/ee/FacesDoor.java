package io.gatehouse.doors.ee;

import io.gatehouse.doors.Counts;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Named;

/** The bean of the Faces pages. */
@Named
@RequestScoped
public class FacesDoor {
  /** Constructor for the container. */
  public FacesDoor() {}

  /** Greets the user. */
  public String getText() {
    Counts.add("faces");
    return "SECRET faces user "
        + FacesContext.getCurrentInstance().getExternalContext().getRemoteUser();
  }
}

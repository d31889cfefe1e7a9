package io.gatehouse.internal.message;

/** The faults of web.xml, of the libraries and of the container's start, as formats. */
public final class DeploymentFaults {
  // Mistakes that leave a part of the application open; gatehouse.accepted-risks accepts each

  /** The end of each of these: the name of the risk. */
  public static final String IF_INTENDED =
      " If this is intended, add %s to gatehouse.accepted-risks.";

  public static final String NOT_MAPPED =
      "GH301 the filter %s has no <filter-mapping>, so every page is open. Add one with"
          + " <url-pattern>/*</url-pattern>.";
  public static final String MAPPED_TO_ROOT =
      "GH302 the filter %s is mapped to /, which matches only the path /. Write"
          + " <url-pattern>/*</url-pattern>.";
  public static final String MAPPED_TO_SERVLETS =
      "GH303 the filter %s is mapped by <servlet-name> only, so static files and all other servlets"
          + " are open. Write <url-pattern>/*</url-pattern>.";
  public static final String NO_REQUEST_DISPATCH =
      "GH304 no <filter-mapping> of the filter %s has <dispatcher>REQUEST</dispatcher>, so every"
          + " page is open. Add it, or remove the other <dispatcher> elements.";
  public static final String UNMAPPED_RULE =
      "GH305 the rules of gatehouse.required-roles, required-acr or required-max-age for %s have"
          + " no effect, since the filter %s is not mapped there. Map the filter to /* or to these"
          + " paths.";
  public static final String PUBLIC_FILE_SERVLET =
      "GH306 the servlet %s serves every file of the application below %s, which"
          + " gatehouse.public-paths opens. Remove this <servlet-mapping>: public files need none.";
  public static final String FILTERS_IN_FRONT =
      "GH307 the filters %s run before the filter %s, so they can answer requests without a login."
          + " Move the <filter-mapping> of %s before theirs in web.xml.";

  // Conflicts within the application

  public static final String FILTER_NAME =
      "GH311 the filter-name %s cannot be part of property names such as gatehouse.NAME.issuer,"
          + " which an application with several Gatehouse filters needs. Rename the filter: use"
          + " lowercase letters, digits and hyphens, begin with a letter, and do not use the"
          + " beginning of a property's name, such as session.";
  public static final String SAME_PATH =
      "GH312 %s: filters \"%s\" and \"%s\" use the same path. Give each its own.";
  public static final String PATH_IN_USE =
      "GH313 gatehouse.path is in use: the application has a servlet at %s. Set another path.";
  public static final String SERVLET_NAME_IN_USE =
      "GH314 the application has a servlet named \"%s\", which is Gatehouse's name. Rename it.";
  public static final String STARTED_TWICE =
      "GH315 Gatehouse was started twice in this application. Keep one gatehouse-filter jar, and"
          + " remove the others.";

  // Libraries

  public static final String API_MISSING =
      "GH321 %s is missing, in the container and in the application (%s). Add %s to the"
          + " application's dependencies; it brings all that it needs.";
  public static final String TWO_COPIES =
      "GH322 two copies of gatehouse-filter are in use. Search WEB-INF/lib, the lib directory of"
          + " the EAR and the container's libraries, and keep only the copy in WEB-INF/lib.";
  public static final String CLASS_MISSING =
      "GH323 Gatehouse did not start: %s. A class is missing or damaged: add gatehouse-filter with"
          + " the libraries that it brings (jose4j, slf4j-api) to WEB-INF/lib, each once and in one"
          + " version.";
  public static final String UNFORESEEN =
      "GH324 Gatehouse did not start: %s. The stack trace in the log shows where.";

  // The container's start

  public static final String NOT_STARTED =
      "GH331 Gatehouse was not started: the container did not run"
          + " io.gatehouse.filter.GatehouseInitializer. If web.xml has <absolute-ordering>, add"
          + " <name>gatehouse</name> or <others/> to it. On Jetty, add the module ee10-annotations."
          + " If the jar was repackaged, keep its META-INF/services. The filter must be declared in"
          + " web.xml, with the class io.gatehouse.filter.GatehouseFilter itself.";
  public static final String LATE_FILTER =
      "GH332 Gatehouse was started without the filter %s. Declare the filter in web.xml: Gatehouse"
          + " adds its servlets at the start, so a filter that is added later has none.";

  private DeploymentFaults() {}
}

package io.gatehouse.internal.deployment;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import io.gatehouse.internal.config.Configuration;
import io.gatehouse.internal.config.Risk;
import io.gatehouse.internal.message.DeploymentFaults;
import jakarta.servlet.ServletRegistration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Detects mistakes in web.xml and in path rules that leave a part of an application unprotected, as
 * far as they are visible at the start. Each mistake stops the start, unless {@code
 * gatehouse.accepted-risks} accepts it.
 */
public final class MappingSlips {
  // These servlets serve /static/WEB-INF/web.xml as WEB-INF/web.xml; Tomcat's default servlet does
  // not.
  private static final Set<String> FILE_SERVLETS =
      Set.of(
          "io.undertow.servlet.handlers.DefaultServlet",
          "org.apache.catalina.servlets.WebdavServlet",
          "org.eclipse.jetty.ee9.servlet.DefaultServlet",
          "org.eclipse.jetty.ee10.servlet.DefaultServlet",
          "org.eclipse.jetty.ee10.servlet.ResourceServlet",
          "org.eclipse.jetty.ee11.servlet.DefaultServlet",
          "org.eclipse.jetty.ee11.servlet.ResourceServlet");

  private final List<String> faults = new ArrayList<>();
  private final Configuration configuration;
  private final String filter;
  private final FilterMapping mapping;
  private final Map<String, FilterMapping> registry;

  /**
   * Checks one filter.
   *
   * @param registry the mappings of all Gatehouse filters, by name
   * @param servlets the servlets of the application, by name
   */
  public MappingSlips(
      DeployedFilter deployed,
      WebXml webXml,
      Map<String, FilterMapping> registry,
      Map<String, ? extends ServletRegistration> servlets) {
    configuration = deployed.configuration();
    filter = deployed.name();
    mapping = deployed.mapping();
    this.registry = registry;
    if (webXml.leavesRequestsOut(filter)) {
      add(Risk.NO_REQUEST_DISPATCH, DeploymentFaults.NO_REQUEST_DISPATCH, filter);
    } else {
      lookAtMapping();
    }
    lookInFront(webXml.inFrontOf(filter).stream().filter(it -> !registry.containsKey(it)).toList());
    lookAtRules();
    servlets.forEach(this::lookAtServlet);
  }

  private void lookAtMapping() {
    if (mapping.patterns().isEmpty() && mapping.servlets().isEmpty()) {
      add(Risk.NOT_MAPPED, DeploymentFaults.NOT_MAPPED, filter);
    } else if (mapping.patterns().isEmpty()) {
      add(Risk.SERVLET_NAME_MAPPING, DeploymentFaults.MAPPED_TO_SERVLETS, filter);
    } else if (mapping.patterns().contains("/") && !mapping.isWhole()) {
      add(Risk.ROOT_MAPPING, DeploymentFaults.MAPPED_TO_ROOT, filter);
    }
  }

  private void lookInFront(List<String> others) {
    if (!others.isEmpty()) {
      add(
          Risk.FILTERS_IN_FRONT,
          DeploymentFaults.FILTERS_IN_FRONT,
          String.join(", ", others),
          filter,
          filter);
    }
  }

  private void lookAtRules() {
    var uncovered = new TreeSet<String>();
    configuration.access().rules().restrictedPaths().stream()
        .filter(it -> registry.values().stream().noneMatch(registered -> registered.touches(it)))
        .forEach(uncovered::add);
    if (!uncovered.isEmpty()) {
      add(Risk.UNMAPPED_RULE, DeploymentFaults.UNMAPPED_RULE, String.join(", ", uncovered), filter);
    }
  }

  private void lookAtServlet(String name, ServletRegistration servlet) {
    if (!FILE_SERVLETS.contains(String.valueOf(servlet.getClassName()))) {
      return;
    }
    servlet.getMappings().stream()
        .filter(it -> it.endsWith("/*") && configuration.access().rules().openBelow(it))
        .forEach(
            it -> add(Risk.PUBLIC_FILE_SERVLET, DeploymentFaults.PUBLIC_FILE_SERVLET, name, it));
  }

  @FormatMethod
  private void add(Risk risk, @FormatString String text, Object... arguments) {
    if (!configuration.application().acceptedRisks().contains(risk)) {
      faults.add(
          text.formatted(arguments) + DeploymentFaults.IF_INTENDED.formatted(risk.wireName()));
    }
  }

  public List<String> faults() {
    return List.copyOf(faults);
  }
}

package io.gatehouse.internal.deployment;

import io.gatehouse.internal.config.Configuration;
import jakarta.servlet.FilterRegistration;

/**
 * A Gatehouse filter of an application, with what was read for it.
 *
 * @param name its filter-name in web.xml
 * @param registration the container's
 * @param mapping for requests
 * @param configuration from the properties
 */
public record DeployedFilter(
    String name,
    FilterRegistration registration,
    FilterMapping mapping,
    Configuration configuration) {}

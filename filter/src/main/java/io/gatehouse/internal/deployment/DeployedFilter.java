package io.gatehouse.internal.deployment;

import io.gatehouse.internal.config.Configuration;
import jakarta.servlet.FilterRegistration;

/**
 * A Gatehouse filter of an application, with its mapping and configuration.
 *
 * @param name the filter-name in web.xml
 * @param registration the container's registration
 * @param mapping the mapping for requests
 * @param configuration the configuration from the properties
 */
public record DeployedFilter(
    String name,
    FilterRegistration registration,
    FilterMapping mapping,
    Configuration configuration) {}

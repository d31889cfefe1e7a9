/**
 * Reads the configuration of an application by the filter's own reader, and acts under its keys
 * without giving them out.
 */
@NullMarked
package io.gatehouse.cli.config;

import org.jspecify.annotations.NullMarked;

/**
 * The command {@code gatehouse}: its entry point, its subcommands and their options. The packages
 * below do the work and never import this one.
 */
@NullMarked
package io.gatehouse.cli;

import org.jspecify.annotations.NullMarked;

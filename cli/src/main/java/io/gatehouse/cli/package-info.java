/** The command: makes keys, writes registrations and checks a configuration. */
@org.jspecify.annotations.NullMarked
package io.gatehouse.cli;

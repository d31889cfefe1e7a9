/**
 * In the filter's package, since what the command looks at is not public; why, is in
 * docs/decisions/0022-command.md.
 */
@org.jspecify.annotations.NullMarked
package io.gatehouse.filter;

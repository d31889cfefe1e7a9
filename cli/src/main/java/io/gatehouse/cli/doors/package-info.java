/**
 * Checks a deployed application from outside: tries each way in without a session, and compares its
 * responses with those to plain requests.
 */
@NullMarked
package io.gatehouse.cli.doors;

import org.jspecify.annotations.NullMarked;

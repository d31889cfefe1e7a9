/**
 * Writes the registration of an application in the forms that authorization servers take: the
 * Verifier's, Keycloak's and that of RFC 7591.
 */
@NullMarked
package io.gatehouse.cli.register;

import org.jspecify.annotations.NullMarked;

/** Logins, refreshes, logouts and key changes with Keycloak. */
@NullMarked
package io.gatehouse.it.keycloak;

import org.jspecify.annotations.NullMarked;

/** Log-ins, refreshes, log-outs and changes of keys with Keycloak. */
@NullMarked
package io.gatehouse.it.keycloak;

import org.jspecify.annotations.NullMarked;

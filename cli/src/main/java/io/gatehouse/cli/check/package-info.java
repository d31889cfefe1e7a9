/**
 * Checks the configuration against the authorization server and the running application: metadata,
 * keys, certificates, token endpoint, request object and the beginning of a login.
 */
@NullMarked
package io.gatehouse.cli.check;

import org.jspecify.annotations.NullMarked;

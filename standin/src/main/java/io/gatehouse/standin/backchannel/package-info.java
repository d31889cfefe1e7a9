/** Logout tokens and their delivery (OIDC Back-Channel Logout 1.0). */
@NullMarked
package io.gatehouse.standin.backchannel;

import org.jspecify.annotations.NullMarked;

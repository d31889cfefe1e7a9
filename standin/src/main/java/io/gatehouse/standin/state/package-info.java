/** State of the running stand-in: clients, logins, codes, authorizations and counts of calls. */
@NullMarked
package io.gatehouse.standin.state;

import org.jspecify.annotations.NullMarked;

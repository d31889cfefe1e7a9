/** An application with Gatehouse that needs only servlets, for tests in every container. */
@NullMarked
package io.gatehouse.bare;

import org.jspecify.annotations.NullMarked;

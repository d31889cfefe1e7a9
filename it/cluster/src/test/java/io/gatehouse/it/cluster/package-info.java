/** Two nodes of an application behind a proxy that does not keep users on one of them. */
@NullMarked
package io.gatehouse.it.cluster;

import org.jspecify.annotations.NullMarked;

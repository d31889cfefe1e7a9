/** An application with Gatehouse that runs on several nodes. */
@NullMarked
package io.gatehouse.cluster;

import org.jspecify.annotations.NullMarked;

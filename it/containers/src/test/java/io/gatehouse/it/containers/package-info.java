/** The same tests on every container: each class is a subject, and knows of no container. */
@NullMarked
package io.gatehouse.it.containers;

import org.jspecify.annotations.NullMarked;

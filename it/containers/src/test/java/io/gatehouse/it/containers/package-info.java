/**
 * The same tests on every container: each class covers a subject, and knows no particular
 * container.
 */
@NullMarked
package io.gatehouse.it.containers;

import org.jspecify.annotations.NullMarked;

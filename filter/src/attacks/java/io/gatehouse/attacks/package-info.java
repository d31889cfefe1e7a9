/** Attacks that are generated, for the tests of this module and for those on every container. */
@NullMarked
package io.gatehouse.attacks;

import org.jspecify.annotations.NullMarked;

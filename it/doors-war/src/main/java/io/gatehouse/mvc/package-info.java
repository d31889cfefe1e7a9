/** An application of Spring MVC, with pages that a rule restricts. */
@NullMarked
package io.gatehouse.mvc;

import org.jspecify.annotations.NullMarked;

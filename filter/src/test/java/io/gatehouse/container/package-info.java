/** The rules of the servlet API that the tests' doubles keep as real containers do. */
@NullMarked
package io.gatehouse.container;

import org.jspecify.annotations.NullMarked;

@NullMarked
package io.gatehouse.junit;

import org.jspecify.annotations.NullMarked;

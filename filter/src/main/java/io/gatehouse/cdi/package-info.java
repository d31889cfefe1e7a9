/** The user and the tokens of the current request as beans. Loaded by a CDI container only. */
@NullMarked
package io.gatehouse.cdi;

import org.jspecify.annotations.NullMarked;

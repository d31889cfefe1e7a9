/**
 * CDI beans for the user and the tokens of the current request. Only a CDI container loads this
 * package.
 */
@NullMarked
package io.gatehouse.cdi;

import org.jspecify.annotations.NullMarked;

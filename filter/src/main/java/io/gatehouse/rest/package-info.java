/** Support for applications that call an API with the Jakarta REST client. */
@NullMarked
package io.gatehouse.rest;

import org.jspecify.annotations.NullMarked;

/** Support for applications with Jakarta REST: calls of APIs, and the answers of resources. */
@NullMarked
package io.gatehouse.rest;

import org.jspecify.annotations.NullMarked;

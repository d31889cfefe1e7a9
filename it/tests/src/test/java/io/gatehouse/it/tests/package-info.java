/** Whole logins at the stand-in, on Payara Micro: the sample and the other applications. */
@NullMarked
package io.gatehouse.it.tests;

import org.jspecify.annotations.NullMarked;

/** Creates a signing key and writes it to a file that only its owner can read. */
@NullMarked
package io.gatehouse.cli.keygen;

import org.jspecify.annotations.NullMarked;

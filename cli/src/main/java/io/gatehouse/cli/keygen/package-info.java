/** Makes a signing key and writes it into a file that only its owner can read. */
@NullMarked
package io.gatehouse.cli.keygen;

import org.jspecify.annotations.NullMarked;

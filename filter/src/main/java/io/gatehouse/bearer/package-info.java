/** Code shared by the clients that send access tokens. Internal. */
@NullMarked
package io.gatehouse.bearer;

import org.jspecify.annotations.NullMarked;

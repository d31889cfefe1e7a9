/** What the clients that send access tokens share. Internal. */
@NullMarked
package io.gatehouse.bearer;

import org.jspecify.annotations.NullMarked;

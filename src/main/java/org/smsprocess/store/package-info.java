// SPDX-License-Identifier: Apache-2.0
/**
 * PostgreSQL: embedded or given, pools, migrations, blocking dispatcher. Knows no table's meaning.
 */
@NullMarked
package org.smsprocess.store;

import org.jspecify.annotations.NullMarked;

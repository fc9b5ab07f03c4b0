// SPDX-License-Identifier: Apache-2.0
/** Tells accounts' programs of the MO in the inbox by HTTP, until each is taken or its time is over: Webhooks › WebhookQueue, WebhookCall. */
@NullMarked
package org.smsprocess.mo.webhooks;

import org.jspecify.annotations.NullMarked;

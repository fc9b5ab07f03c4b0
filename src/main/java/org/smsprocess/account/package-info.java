// SPDX-License-Identifier: Apache-2.0
/**
 * Account settings: HOCON to checked records, and their reload while the process runs. By task:
 *
 * <pre>
 * settings   AccountSettings: BindSettings, ChannelSettings, SrSettings (RatioAlarm), MoSettings, RequestSettings, ErrorClasses
 * read       Configuration of NodeSettings: ProcessSettings and the accounts; TlvFormat
 * keep       AccountRegistry (KnownAccounts) › AccountDirectory of AccountSnapshot; SettingsChange
 * switch     AccountState in an AccountStateStore
 * </pre>
 */
@NullMarked
package org.smsprocess.account;

import org.jspecify.annotations.NullMarked;

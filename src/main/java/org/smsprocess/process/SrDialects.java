// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.process;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.smsprocess.account.AccountSettings;
import org.smsprocess.account.SrSettings;
import org.smsprocess.sr.reading.IdNormaliser;
import org.smsprocess.sr.reading.SrReader;

/** One SR reader and one normaliser per account, shared by all its connections: what one learns of the ids, all know. Thread-safe. */
final class SrDialects {
    private record Dialect(SrSettings settings, IdNormaliser ids, SrReader reader) {
        static Dialect of(AccountSettings account) {
            SrSettings settings = account.sr();
            IdNormaliser ids = new IdNormaliser(account.name(), settings.mtIdFormat(), settings.srIdFormat());
            return new Dialect(settings, ids, new SrReader(settings, ids));
        }
    }

    private final ConcurrentMap<String, Dialect> byAccount = new ConcurrentHashMap<>();

    SrReader reader(AccountSettings account) {
        return dialect(account).reader();
    }

    IdNormaliser ids(AccountSettings account) {
        return dialect(account).ids();
    }

    private Dialect dialect(AccountSettings account) {
        return byAccount.compute(
                account.name(),
                (name, known) -> known != null && known.settings().equals(account.sr()) ? known : Dialect.of(account));
    }
}

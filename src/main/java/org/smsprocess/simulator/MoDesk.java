// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.simulator;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.smsprocess.simulator.settings.MoSettings;

/** Makes MO: on demand, and at a steady rate as configured while somebody is bound to take them. Confined to the simulator's thread. */
final class MoDesk {
    private static final long PERIOD_MILLIS = 10;
    private static final int TON_INTERNATIONAL = 1;
    private static final int TON_UNKNOWN = 0;
    private static final int NPI_ISDN = 1;
    private static final int INTERNATIONAL_DIGITS = 8;

    private final Smsc smsc;
    private final MoSettings settings;
    private int reference;
    private int turn;
    private long generated;
    private double due;
    private long last;

    MoDesk(Smsc smsc) {
        this.smsc = smsc;
        settings = smsc.settings().mo();
        last = smsc.now();
    }

    void start() {
        if (settings.rate() > 0) {
            smsc.loop.scheduleAtFixedRate(this::generate, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /**
     * @param systemId null: the next in turn that has a receiver, or the only one known
     * @return the number of deliver_sm it takes
     * @throws IllegalArgumentException if nobody is there to take it, or the text is too long
     */
    int send(String from, String to, String text, @Nullable String systemId) {
        if (from.isEmpty() || from.length() > 20 || to.length() > 20) {
            throw new IllegalArgumentException("from must have 1 to 20 characters, to at most 20");
        }
        Esme esme = systemId != null ? smsc.esme(systemId) : nextInTurn();
        if (esme == null) {
            throw new IllegalArgumentException("no receiver is bound: say which system_id shall get the MO");
        }
        List<MoText.Part> parts = MoText.parts(text, reference++);
        byte[] addresses = addresses(from, to);
        for (MoText.Part part : parts) {
            esme.traffic.mo.made++;
            esme.traffic.mo.pending++;
            esme.post(new MoDelivery(smsc, esme, addresses, part));
        }
        smsc.handOverSoon(esme);
        return parts.size();
    }

    private void generate() {
        long now = smsc.refreshTime();
        due = Math.min(due + (now - last) * settings.rate() / 1e9, Math.max(1, settings.rate()));
        last = now;
        while (due >= 1 && (settings.count() == 0 || generated < settings.count())) {
            Esme esme = settings.systemId().isEmpty() ? nextInTurn() : smsc.esme(settings.systemId());
            if (esme == null || !esme.hasReceiver()) {
                break;
            }
            due--;
            String from = settings.sourcePrefix() + "%06d".formatted(generated % settings.sources());
            String text =
                    settings.texts().get((int) (generated % settings.texts().size()));
            generated++;
            send(from, settings.destination(), text, esme.systemId);
        }
        smsc.endBatch();
    }

    private @Nullable Esme nextInTurn() {
        List<Esme> all = smsc.esmes();
        for (int i = 0; i < all.size(); i++) {
            Esme esme = all.get(++turn % all.size());
            if (esme.hasReceiver()) {
                return esme;
            }
        }
        return all.size() == 1 ? all.get(0) : null;
    }

    private static byte[] addresses(String from, String to) {
        OctetBuffer out = new OctetBuffer(64);
        for (String address : List.of(from, to)) {
            boolean international = address.length() >= INTERNATIONAL_DIGITS;
            out.u8(international ? TON_INTERNATIONAL : TON_UNKNOWN).u8(international ? NPI_ISDN : 0);
            out.add(address.getBytes(StandardCharsets.ISO_8859_1)).u8(0);
        }
        return Arrays.copyOf(out.octets(), out.length());
    }
}

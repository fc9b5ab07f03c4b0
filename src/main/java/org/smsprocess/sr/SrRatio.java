// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.sr;

import java.util.Arrays;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smsprocess.account.RatioAlarm;

/**
 * Whether SR come for the messages of an account, by what its correlators on this node have watched ({@link SrSample}), and the alarm
 * when too few do. A period is {@link #SLICES} slices, of which the oldest is forgotten when the next begins. Thread-safe.
 */
public final class SrRatio {
    private static final Logger LOG = LoggerFactory.getLogger(SrRatio.class);
    private static final int SLICES = 12;
    /** Above the least share by a tenth the alarm ends: one that hovers there is not told again and again. */
    private static final double RECOVERED = 1.1;

    /**
     * @param messages judged in the period
     * @param reported those of them whose final SR came in time
     */
    public record Reading(int messages, int reported, boolean isAlarm) {
        static final Reading NONE = new Reading(0, 0, false);

        /** NaN without messages. */
        public double share() {
            return messages == 0 ? Double.NaN : (double) reported / messages;
        }
    }

    private final String account;
    private final int[] messages = new int[SLICES];
    private final int[] reported = new int[SLICES];
    private long sliceMillis;
    private long slice;
    private volatile Reading reading = Reading.NONE;

    SrRatio(String account) {
        this.account = account;
    }

    public Reading reading() {
        return reading;
    }

    /**
     * What became due at a correlator since it was asked last; to be told now and then also when nothing did, as time goes by.
     *
     * @param nowMillis of a clock that never jumps
     */
    synchronized void add(SrSample.Due due, RatioAlarm settings, long nowMillis) {
        boolean isSliced = slideTo(nowMillis, settings);
        if (due.messages() > 0 || isSliced) {
            int index = Math.floorMod(slice, SLICES);
            messages[index] += due.messages();
            reported[index] += due.messages() - due.silent();
            judge(settings);
        }
    }

    /** For an account without settings, or without this one. */
    synchronized void turnOff() {
        forget();
        if (reading.isAlarm()) {
            LOG.info("{}: nobody asks any more whether SR come", account);
        }
        reading = Reading.NONE;
    }

    /** @return whether another slice has begun */
    private boolean slideTo(long nowMillis, RatioAlarm settings) {
        long length = Math.max(1, settings.period().toMillis() / SLICES);
        if (length != sliceMillis) {
            forget();
            sliceMillis = length;
        }
        long now = Math.floorDiv(nowMillis, length);
        if (now <= slice) { // a correlator that looked at its clock a little before another
            return false;
        }
        for (long next = Math.max(slice + 1, now - SLICES + 1); next <= now; next++) {
            messages[Math.floorMod(next, SLICES)] = 0;
            reported[Math.floorMod(next, SLICES)] = 0;
        }
        slice = now;
        return true;
    }

    private void forget() {
        Arrays.fill(messages, 0);
        Arrays.fill(reported, 0);
        sliceMillis = 0;
        slice = Long.MIN_VALUE / 2;
    }

    private void judge(RatioAlarm settings) {
        Reading now = new Reading(
                Arrays.stream(messages).sum(), Arrays.stream(reported).sum(), reading.isAlarm());
        if (!now.isAlarm() && now.messages() >= settings.minMessages() && now.share() < settings.minShare()) {
            now = new Reading(now.messages(), now.reported(), true);
            LOG.warn(
                    "{}: SR came for {} of {} messages ({} %) within {} s of their SUBMIT_SM_RESP, less than"
                            + " sr.ratio-alarm.min-share = {}. Likely: the same login is bound elsewhere too, and the SMSC gives SR"
                            + " to that session; SR are switched off for it at the provider; no connection that receives was"
                            + " bound; or the ids of SR no longer match (then sms_sr_unmatched_total grows)",
                    account,
                    now.reported(),
                    now.messages(),
                    percent(now),
                    settings.maturity().toMillis() / 1000.0,
                    settings.minShare());
        } else if (now.isAlarm() && now.messages() == 0) {
            now = Reading.NONE;
            LOG.info(
                    "{}: no message in {} s to tell by whether SR come again",
                    account,
                    settings.period().toSeconds());
        } else if (now.isAlarm() && now.share() >= Math.min(1, settings.minShare() * RECOVERED)) {
            now = new Reading(now.messages(), now.reported(), false);
            LOG.info(
                    "{}: SR come again, for {} of {} messages ({} %)",
                    account, now.reported(), now.messages(), percent(now));
        }
        reading = now;
    }

    private static String percent(Reading reading) {
        return String.format(Locale.ROOT, "%.1f", reading.share() * 100);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.api.requests;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.smsprocess.delivery.intake.NewMt;

/**
 * Takes the recipients of one upload, line by line, and stores them in batches. One batch is being stored while the next is read, so
 * that memory holds two of them however long the upload is. Confined to the one thread that reads, which waits here: that is the
 * backpressure. A line that is wrong is left out and told; the others are stored.
 */
public final class Recipients {
    /** Of one transaction: large enough to be cheap, small enough to hold nobody up. */
    private static final int BATCH = 2000;

    private final boolean hasTemplate;
    private final int maxErrors;
    private final Function<List<NewMt>, CompletionStage<?>> store;
    private final List<LineError> errors = new ArrayList<>();
    private List<NewMt> batch = new ArrayList<>(BATCH);
    private CompletableFuture<?> storing = CompletableFuture.completedFuture(null);
    private int storingCount;
    private long stored;
    private long refused;

    /** @param line first line of the record, from 1; the header of a CSV file counts */
    public record LineError(long line, String message) {}

    /**
     * @param accepted stored
     * @param refused left out, because they are wrong
     * @param errors the first of them
     */
    public record Result(long accepted, long refused, List<LineError> errors) {}

    /**
     * @param hasTemplate then the text comes from it, else from each line
     * @param store completes after commit
     */
    public Recipients(boolean hasTemplate, int maxErrors, Function<List<NewMt>, CompletionStage<?>> store) {
        this.hasTemplate = hasTemplate;
        this.maxErrors = maxErrors;
        this.store = store;
    }

    boolean hasTemplate() {
        return hasTemplate;
    }

    void add(
            long line,
            @Nullable String to,
            @Nullable String text,
            @Nullable String fields,
            @Nullable String reference) {
        String wrong = wrong(to, text, fields, reference);
        if (wrong != null) {
            refuse(line, wrong);
            return;
        }
        batch.add(new NewMt(String.valueOf(to), hasTemplate ? null : text, fields, reference));
        if (batch.size() == BATCH) {
            flush();
        }
    }

    void refuse(long line, String message) {
        refused++;
        if (errors.size() < maxErrors) {
            errors.add(new LineError(line, message));
        }
    }

    /** Stores the rest. */
    public Result finish() {
        flush();
        awaitStored();
        return new Result(stored, refused, List.copyOf(errors));
    }

    private @Nullable String wrong(
            @Nullable String to, @Nullable String text, @Nullable String fields, @Nullable String reference) {
        String wrong = named("to", MessageRules.recipient(to));
        if (wrong == null && !hasTemplate) {
            wrong = named("text", MessageRules.text(text));
        }
        if (wrong == null && reference != null) {
            wrong = named("reference", MessageRules.reference(reference));
        }
        return wrong != null || fields == null ? wrong : named("fields", MessageRules.storable(fields));
    }

    private static @Nullable String named(String field, @Nullable String wrong) {
        return wrong == null ? null : field + " " + wrong;
    }

    private void flush() {
        awaitStored();
        if (!batch.isEmpty()) {
            storingCount = batch.size();
            storing = store.apply(batch).toCompletableFuture();
            batch = new ArrayList<>(BATCH);
        }
    }

    /** @throws CompletionException with the reason, if the batch could not be stored */
    private void awaitStored() {
        storing.join();
        stored += storingCount;
        storingCount = 0;
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.connection.preparing;

import com.samskivert.mustache.DefaultCollector;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import com.samskivert.mustache.Template;
import java.io.Writer;
import java.math.BigDecimal;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a template writes for one recipient. Sections in sections over lists can make a short template fill the heap, or write nothing and
 * hold its thread for hours: it ends in time.
 */
final class TemplateText extends Writer {
    /** More than 255 parts hold in any encoding. */
    private static final int MOST = 65_536;

    /** Sections, items of lists and pieces of text: milliseconds, and several for each character there may be. */
    private static final int MOST_STEPS = 4 * MOST;

    /** 1e999999999 is a number too. */
    private static final int MOST_DIGITS = 1_000;

    /** The library has no other way from a section to what it is written for. */
    private static final ThreadLocal<TemplateText> MAKING = new ThreadLocal<>();

    private static final Mustache.Compiler COMPILER =
            Mustache.compiler().escapeHTML(false).withCollector(new Counting()).withFormatter(TemplateText::written);

    private final StringBuilder text = new StringBuilder();
    private int steps;

    private TemplateText() {}

    /** @throws MustacheException if it is no template */
    static Template compile(String source) {
        try {
            return COMPILER.compile(source);
        } catch (IndexOutOfBoundsException empty) { // the library's answer to {{}}
            throw new MustacheException("it has an empty tag");
        }
    }

    /** A person is not to read how Java writes an object, a list or a large number. */
    private static CharSequence written(Object value) {
        if (value instanceof Map || value instanceof Iterable) {
            throw new MustacheException("a field that it names is an object or a list, not a text");
        }
        return value instanceof BigDecimal number && Math.abs(number.scale()) <= MOST_DIGITS
                ? number.toPlainString()
                : String.valueOf(value);
    }

    /**
     * @param template of {@link #compile}
     * @throws MustacheException if a field is missing, the text becomes longer than any message can be, or it takes too many steps
     */
    static String of(Template template, Map<String, Object> fields) {
        TemplateText made = new TemplateText();
        MAKING.set(made);
        try {
            template.execute(fields, made);
        } finally {
            MAKING.remove();
        }
        return made.text.toString();
    }

    private void step() {
        if (++steps > MOST_STEPS) {
            throw new MustacheException(
                    "takes more than " + MOST_STEPS + " steps (sections in sections over long lists?)");
        }
    }

    /** Counts what sections look at. */
    private static final class Counting extends DefaultCollector {
        @Override
        public @Nullable Iterator<?> toIterator(@Nullable Object value) {
            TemplateText made = MAKING.get();
            Iterator<?> all = super.toIterator(value);
            made.step();
            return all == null
                    ? null
                    : new Iterator<Object>() {
                        @Override
                        public boolean hasNext() {
                            return all.hasNext();
                        }

                        @Override
                        public Object next() {
                            made.step();
                            return all.next();
                        }
                    };
        }
    }

    @Override
    public void write(char[] characters, int offset, int count) {
        text.append(characters, offset, count);
        check();
    }

    @Override
    public void write(int character) {
        text.append((char) character);
        check();
    }

    @Override
    public void write(String characters) {
        text.append(characters);
        check();
    }

    @Override
    public void write(String characters, int offset, int count) {
        text.append(characters, offset, offset + count);
        check();
    }

    private void check() {
        step();
        if (text.length() > MOST) {
            throw new MustacheException("makes more than " + MOST + " characters");
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}

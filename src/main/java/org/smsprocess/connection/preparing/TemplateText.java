// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.connection.preparing;

import com.samskivert.mustache.MustacheException;
import com.samskivert.mustache.Template;
import java.io.Writer;
import java.util.Map;

/** What a template writes for one recipient. Lists in lists can make a short template fill the heap: it ends in time. */
final class TemplateText extends Writer {
    /** More than 255 parts hold in any encoding. */
    private static final int MOST = 65_536;

    private final StringBuilder text = new StringBuilder();

    private TemplateText() {}

    /** @throws MustacheException if a field is missing, or the text becomes longer than any message can be */
    static String of(Template template, Map<String, Object> fields) {
        TemplateText made = new TemplateText();
        template.execute(fields, made);
        return made.text.toString();
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
        if (text.length() > MOST) {
            throw new MustacheException("makes more than " + MOST + " characters");
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}

// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.api.requests;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import org.jspecify.annotations.Nullable;

/** Refuses what no message could be made of, before it is stored. */
final class Templates {
    private static final String OPEN = "{{";
    private static final String CLOSE = "}}";
    private static final String OWN_DELIMITERS = "{{=";

    private Templates() {}

    /** What is wrong with a template; null if nothing is. */
    static @Nullable String unfit(String source) {
        int open = openTag(source);
        if (open >= 0) {
            return "opens {{ at position " + (open + 1) + ", and no }} closes it";
        }
        try {
            Includes includes = new Includes();
            Mustache.compiler().compile(source).visit(includes);
            return includes.first == null
                    ? null
                    : "includes " + includes.first + ", but there is no other template to include";
        } catch (MustacheException invalid) {
            return "is not a template: " + invalid.getMessage();
        } catch (IndexOutOfBoundsException empty) { // the library's answer to {{}}
            return "is not a template: it has an empty tag";
        }
    }

    /**
     * The library takes a tag that does not end for text, and {@code Hello {{name} …} would go out as it stands.
     *
     * @return where it begins; -1 if there is none, or if the template has delimiters of its own
     */
    private static int openTag(String source) {
        if (source.contains(OWN_DELIMITERS)) {
            return -1;
        }
        int open = source.indexOf(OPEN);
        while (open >= 0) {
            int close = source.indexOf(CLOSE, open + OPEN.length());
            int next = source.indexOf(OPEN, open + OPEN.length() + 1); // {{{raw}}} is one tag
            if (close < 0 || next >= 0 && next < close) {
                return open;
            }
            open = source.indexOf(OPEN, close + CLOSE.length());
        }
        return -1;
    }

    /** Looks for {{> name}} and {{< name}}, which compile and then fail with the first message. */
    private static final class Includes implements Mustache.Visitor {
        private @Nullable String first;

        @Override
        public boolean visitInclude(String name) {
            first = first == null ? name : first;
            return false;
        }

        @Override
        public boolean visitParent(String name) {
            return visitInclude(name);
        }

        @Override
        public void visitText(String text) {}

        @Override
        public void visitVariable(String name) {}

        @Override
        public boolean visitSection(String name) {
            return true;
        }

        @Override
        public boolean visitInvertedSection(String name) {
            return true;
        }
    }
}

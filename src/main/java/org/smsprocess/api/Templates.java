// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.api;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import org.jspecify.annotations.Nullable;

/** Refuses what no message could be made of, before it is stored. */
final class Templates {
    private Templates() {}

    /** What is wrong with a template; null if nothing is. */
    static @Nullable String unfit(String source) {
        try {
            Includes includes = new Includes();
            Mustache.compiler().compile(source).visit(includes);
            return includes.first == null
                    ? null
                    : "includes " + includes.first + ", but there is no other template to include";
        } catch (MustacheException invalid) {
            return "is not a template: " + invalid.getMessage();
        }
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

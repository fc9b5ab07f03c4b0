// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.api.http;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The table of what can be asked. Literal paths are found by one hash look-up, which is what a server of single messages spends its
 * time on; the routing DSL builds and walks a tree of functions for each request.
 */
public final class Routes {
    /**
     * @param path segments, {@code {…}} for a variable one
     * @param isUpload whose body may come for as long as {@code upload-timeout}
     * @param parameters those of the query
     */
    record Route(
            String method,
            List<String> path,
            Scope scope,
            Call.Endpoint endpoint,
            boolean isUpload,
            Set<String> parameters) {}

    /** What a request found: a route, or the methods that the path knows (none: no such path). */
    record Match(@Nullable Route route, List<String> variables, Set<String> allowed) {}

    private final Map<String, Map<String, Route>> literal = new HashMap<>();
    private final List<Route> templated = new ArrayList<>();

    /**
     * @param path like {@code /api/v1/messages/{id}}
     * @param parameters what may stand in the query; anything else is refused, because a mistyped filter shows too much
     */
    public Routes add(String method, String path, Scope scope, Call.Endpoint endpoint, String... parameters) {
        return add(path, new Route(method, segments(path), scope, endpoint, false, Set.of(parameters)));
    }

    /** As {@link #add(String, String, Scope, Call.Endpoint, String...)}, for a body of any size. */
    public Routes addUpload(String path, Scope scope, Call.Endpoint endpoint) {
        return add(path, new Route("POST", segments(path), scope, endpoint, true, Set.of()));
    }

    private Routes add(String path, Route route) {
        if (path.indexOf('{') >= 0) {
            templated.add(route);
        } else {
            literal.computeIfAbsent(path, key -> new HashMap<>()).put(route.method, route);
        }
        return this;
    }

    Match find(String method, String path) {
        Map<String, Route> byMethod = literal.get(path);
        if (byMethod != null) {
            return new Match(byMethod.get(method), List.of(), byMethod.keySet());
        }
        List<String> asked = segments(path);
        Set<String> allowed = new TreeSet<>();
        for (Route route : templated) {
            List<String> variables = variables(route.path, asked);
            if (variables != null) {
                if (route.method.equals(method)) {
                    return new Match(route, variables, Set.of(method));
                }
                allowed.add(route.method);
            }
        }
        return new Match(null, List.of(), allowed);
    }

    private static @Nullable List<String> variables(List<String> path, List<String> asked) {
        if (path.size() != asked.size()) {
            return null;
        }
        List<String> variables = new ArrayList<>(2);
        for (int i = 0; i < path.size(); i++) {
            if (path.get(i).startsWith("{")) {
                variables.add(asked.get(i));
            } else if (!path.get(i).equals(asked.get(i))) {
                return null;
            }
        }
        return variables;
    }

    private static List<String> segments(String path) {
        return Arrays.asList(path.split("/", -1));
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.api.http;

import java.util.List;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.jspecify.annotations.Nullable;

/** Lets a request in when its bearer token grants what the route needs; without tokens in the settings, everything from loopback. */
public final class Gate {
    private static final String BEARER = "Bearer ";

    private final List<ApiToken> tokens;

    public Gate(List<ApiToken> tokens) {
        this.tokens = tokens;
    }

    /** @return null when it may pass */
    @Nullable
    Problem refuse(HttpRequest request, Scope needed) {
        if (isFromAnotherSite(request)) {
            return Problem.of(
                    403, "forbidden", "Another site's page may not use this API", "Origin and Host are not the same");
        }
        if (tokens.isEmpty() || needed == Scope.OPEN) {
            return null;
        }
        String presented =
                request.getHeader("Authorization").map(HttpHeader::value).orElse("");
        if (!presented.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return Problem.of(
                    401, "unauthorized", "A token is needed", "send the header Authorization: Bearer <token>");
        }
        byte[] hash = ApiToken.sha256(presented.substring(BEARER.length()).strip());
        for (ApiToken token : tokens) {
            if (token.isFor(hash)) {
                return needed.isGrantedBy(token.scopes())
                        ? null
                        : Problem.of(
                                403,
                                "forbidden",
                                "The token does not allow this",
                                "token " + token.name() + " lacks the scope " + needed.wireName());
            }
        }
        return Problem.of(401, "unauthorized", "The token is not known", "the token sent is none of this node's");
    }

    /** A page that somebody has open must not drive a node that trusts its own machine. Browsers name the page's site in Origin. */
    private static boolean isFromAnotherSite(HttpRequest request) {
        String origin = request.getHeader("Origin").map(HttpHeader::value).orElse("");
        if (origin.isEmpty()) {
            return false;
        }
        String host = request.getHeader("Host").map(HttpHeader::value).orElse("");
        return !origin.equals("http://" + host) && !origin.equals("https://" + host);
    }
}

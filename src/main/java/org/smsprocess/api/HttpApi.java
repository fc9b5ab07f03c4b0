// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.api;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.apache.pekko.http.javadsl.ServerBuilder;
import org.apache.pekko.http.javadsl.settings.ParserSettings;
import org.apache.pekko.http.javadsl.settings.ServerSettings;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.SystemMaterializer;
import org.apache.pekko.stream.javadsl.Flow;
import org.smsprocess.account.AccountStateStore.Switch;
import org.smsprocess.api.http.Dispatch;
import org.smsprocess.api.http.Exchange;
import org.smsprocess.api.http.Gate;
import org.smsprocess.api.http.HttpSettings;
import org.smsprocess.api.http.Routes;
import org.smsprocess.api.http.Scope;
import org.smsprocess.api.http.ServerTls;
import org.smsprocess.api.http.UnreadableRequests;
import org.smsprocess.delivery.intake.Deliveries;

/** The HTTP server: binds once, outside anything that restarts. */
public final class HttpApi {
    private static final DispatcherSelector UPLOADS =
            DispatcherSelector.fromConfig("sms-process.http.upload-dispatcher");

    private HttpApi() {}

    /** @return fails when the address is taken or the TLS files are wrong; {@code localAddress} of the binding tells the port */
    public static CompletionStage<ServerBinding> start(
            ActorSystem<?> system, HttpSettings settings, ApiServices services) {
        Materializer materializer = SystemMaterializer.get(system).materializer();
        Routes routes = routes(system, materializer, settings, services);
        Dispatch dispatch = new Dispatch(routes, new Gate(settings.tokens()), settings, materializer);
        ServerBuilder server = Http.get(system)
                .newServerAt(settings.host(), settings.port())
                .withSettings(serverSettings(system, settings));
        if (settings.tls().isEnabled()) {
            server = server.enableHttps(ServerTls.context(settings.tls()));
        }
        return server.bindFlow(Flow.fromGraph(new Exchange(settings.idleTimeout(), dispatch)));
    }

    private static Routes routes(
            ActorSystem<?> system, Materializer materializer, HttpSettings settings, ApiServices services) {
        Bodies bodies = new Bodies(settings, materializer);
        UploadEndpoint recipients = new UploadEndpoint(
                settings, services, materializer, system.dispatchers().lookup(UPLOADS));
        Routes routes = new Routes();
        addMessages(routes, bodies, settings, services);
        addDeliveries(routes, new DeliveryEndpoints(bodies, settings, services), recipients);
        addReplies(routes, new InboxEndpoints(services), new QuarantineEndpoints(bodies, settings, services));
        addOperation(routes, new AccountEndpoints(services), new StateEndpoints(services));
        ConsoleEndpoints.addTo(routes);
        return routes;
    }

    private static void addMessages(Routes routes, Bodies bodies, HttpSettings settings, ApiServices services) {
        MessageEndpoints messages = new MessageEndpoints(bodies, settings, services);
        PreviewEndpoint preview = new PreviewEndpoint(bodies, settings, services);
        InDoubtEndpoints inDoubt = new InDoubtEndpoints(bodies, settings, services);
        routes.add("POST", "/api/v1/messages", Scope.SEND, messages::submit)
                .add("GET", "/api/v1/messages", Scope.READ, inDoubt::list, "status", "account", "after", "limit")
                .add("POST", "/api/v1/messages/{id}/cancel", Scope.SEND, messages::cancel)
                .add("POST", "/api/v1/messages/{id}/resend", Scope.ADMIN, inDoubt::resend)
                .add("POST", "/api/v1/messages/{id}/close", Scope.ADMIN, inDoubt::close)
                .add("GET", "/api/v1/messages/{id}", Scope.READ, messages::get)
                .add("POST", "/api/v1/preview", Scope.SEND, preview::preview);
    }

    private static void addDeliveries(Routes routes, DeliveryEndpoints deliveries, UploadEndpoint recipients) {
        routes.add("POST", "/api/v1/deliveries", Scope.SEND, deliveries::create)
                .add(
                        "GET",
                        "/api/v1/deliveries",
                        Scope.READ,
                        deliveries::list,
                        "account",
                        "before",
                        "limit",
                        "counters")
                .add("GET", "/api/v1/deliveries/{id}", Scope.READ, deliveries::get)
                .add("GET", "/api/v1/deliveries/{id}/log", Scope.READ, deliveries::log)
                .addUpload("/api/v1/deliveries/{id}/recipients", Scope.SEND, recipients::upload)
                .add("POST", "/api/v1/deliveries/{id}/start", Scope.SEND, deliveries.changed(Deliveries::start))
                .add("POST", "/api/v1/deliveries/{id}/pause", Scope.SEND, deliveries.changed(Deliveries::pause))
                .add("POST", "/api/v1/deliveries/{id}/resume", Scope.SEND, deliveries.changed(Deliveries::resume))
                .add("POST", "/api/v1/deliveries/{id}/cancel", Scope.SEND, deliveries.changed(Deliveries::cancel));
    }

    private static void addReplies(Routes routes, InboxEndpoints inbox, QuarantineEndpoints quarantine) {
        routes.add("GET", "/api/v1/inbox", Scope.READ, inbox::page, "account", "after", "limit", "latest")
                .add("GET", "/api/v1/quarantine", Scope.READ, quarantine::list, "shortCode", "number", "after", "limit")
                .add("POST", "/api/v1/quarantine", Scope.ADMIN, quarantine::add)
                .add("DELETE", "/api/v1/quarantine", Scope.ADMIN, quarantine::removeOne, "shortCode", "number")
                .add("POST", "/api/v1/quarantine/remove", Scope.ADMIN, quarantine::remove);
    }

    private static void addOperation(Routes routes, AccountEndpoints accounts, StateEndpoints state) {
        routes.add("GET", "/api/v1/accounts", Scope.READ, accounts::list)
                .add("GET", "/api/v1/accounts/{name}", Scope.READ, accounts::get)
                .add("POST", "/api/v1/accounts/{name}/enable", Scope.ADMIN, accounts.switched(Switch.ENABLE))
                .add("POST", "/api/v1/accounts/{name}/disable", Scope.ADMIN, accounts.switched(Switch.DISABLE))
                .add("POST", "/api/v1/accounts/{name}/pause", Scope.ADMIN, accounts.switched(Switch.PAUSE_DELIVERIES))
                .add("POST", "/api/v1/accounts/{name}/resume", Scope.ADMIN, accounts.switched(Switch.RESUME_DELIVERIES))
                .add("POST", "/api/v1/reload", Scope.ADMIN, accounts::reload)
                .add("GET", "/api/v1/connections", Scope.READ, state::connections, "account")
                .add("GET", "/metrics", Scope.READ, state::metrics)
                .add("GET", "/health/live", Scope.OPEN, state::live)
                .add("GET", "/health/ready", Scope.OPEN, state::ready);
    }

    private static ServerSettings serverSettings(ActorSystem<?> system, HttpSettings settings) {
        ServerSettings defaults = ServerSettings.create(system.classicSystem());
        ParserSettings parser = defaults.getParserSettings()
                .withIllegalHeaderWarnings(false) // what a client sends is no matter of the node's log
                .withMaxContentLength(settings.maxBody())
                .withMaxUriLength(settings.maxUriLength())
                .withMaxHeaderCount(settings.maxHeaders())
                .withMaxHeaderValueLength(settings.maxHeaderLength());
        return defaults.withParserSettings(parser)
                .withParsingErrorHandler(UnreadableRequests.class.getName())
                .withMaxConnections(settings.maxConnections())
                .withBacklog(Math.min(settings.maxConnections(), 1024))
                .withTimeouts(defaults.getTimeouts()
                        .withIdleTimeout(scala(settings.idleTimeout()))
                        .withRequestTimeout(scala(Duration.ZERO))); // off: Exchange has the clock
    }

    private static scala.concurrent.duration.Duration scala(Duration duration) {
        return scala.concurrent.duration.Duration.fromNanos(duration.toNanos());
    }
}

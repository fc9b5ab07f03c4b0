-- SPDX-License-Identifier: Apache-2.0
-- What operators switch while the process runs; an account that was never switched has no row.
create table account_state (
    account           text primary key,
    enabled           boolean not null default true,
    deliveries_paused boolean not null default false,
    changed_at        timestamptz not null default now()
);
comment on column account_state.enabled is 'connected only if the settings say so too';
comment on column account_state.deliveries_paused is 'no new part is claimed; connections stay bound';

-- What is asked of an SMSC about messages it has accepted. Both tables are empty unless accounts ask for it.

-- CANCEL_SM: one row for each message that is to be cancelled; stays as its record.
create table cancel_request (
    mt_id          bigint primary key,
    account        text not null,
    requested_at   timestamptz not null default now(),
    due_at         timestamptz not null default now(), -- also: how long the node that has it may take
    tries          smallint not null default 0,
    answered_at    timestamptz,
    command_status bigint,
    outcome        text -- what came of it, once that is known
);
create index cancel_request_open on cancel_request (account, due_at) where answered_at is null;

-- QUERY_SM: one row for each part that was sent, not for each message; what is still open of it is looked up when the row is due.
create table query_watch (
    part_id bigint primary key,
    account text not null,
    mt_ids  bigint[], -- of a part that tried messages again
    due_at  timestamptz not null, -- also: how long the node that has it may take
    tries   smallint not null default 0
);
create index query_watch_due on query_watch (account, due_at);

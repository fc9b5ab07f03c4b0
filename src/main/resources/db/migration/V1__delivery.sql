-- Deliveries, the queue of their parts, and the messages (content and delivery log in one).

create type message_status as enum
    ('queued', 'submitting', 'sent', 'verified', 'delivered', 'failed', 'in_doubt', 'held', 'cancelled');
create type delivery_state as enum ('draft', 'running', 'paused', 'cancelled', 'completed');

-- Nodes take ids in blocks of 32: the value and the 31 after it.
create sequence delivery_id increment by 32 start with 32;
create sequence part_id increment by 32 start with 32;

create table delivery (
    id           bigint primary key,
    account      text not null,
    label        text,
    template     text,
    settings     jsonb not null,
    state        delivery_state not null,
    open         boolean not null default false, -- single messages of one account share it for a while; more may come
    created_at   timestamptz not null default now(),
    completed_at timestamptz
);
create index delivery_by_account on delivery (account, id);
create index delivery_open on delivery (created_at) where open;
create index delivery_unfinished on delivery (id) where state in ('running', 'cancelled') and completed_at is null;

-- The unit of work. Its messages are the ids part * 1024 to part * 1024 + 1023, or mt_ids if it tries some again.
create table delivery_part (
    id          bigint primary key,
    delivery_id bigint not null,
    account     text not null,
    priority    smallint not null,
    due_at      timestamptz not null,
    paused      boolean not null default false,
    owner       text,    -- slot that works on it
    epoch       bigint,  -- of the owner's lease
    marked      boolean not null default false, -- its messages become 'submitting' before they reach the socket
    claimed_at  timestamptz,
    attempt     smallint not null default 1,
    messages    integer not null,
    mt_ids      bigint[]
) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.0, autovacuum_vacuum_threshold = 2000);
create index delivery_part_due on delivery_part (account, priority, due_at, id) where owner is null and not paused;
create index delivery_part_owned on delivery_part (account, owner) where owner is not null;
create index delivery_part_by_delivery on delivery_part (delivery_id);

-- Which ids a delivery has: one row per part, kept as long as the messages.
create table delivery_range (
    delivery_id bigint not null,
    part_id     bigint not null,
    messages    integer not null,
    primary key (delivery_id, part_id)
);

create table message (
    id                  bigint not null,
    account             text not null,
    delivery_id         bigint not null,
    recipient           text not null,
    sender              text,
    body                text,
    fields              text, -- JSON object with the template's values
    reference           text, -- the client's own
    status              message_status not null default 'queued',
    retry_part          bigint, -- the delivery part that tries it again, if not its first
    parts               smallint not null default 0, -- SMS it took
    attempts            smallint not null default 0, -- times it was tried in vain
    resends             smallint not null default 0, -- times it was sent again although it may have arrived
    resend_reason       text,
    provider_message_id text,
    error               text,
    created_at          timestamptz not null default now(),
    submitted_at        timestamptz,
    sent_at             timestamptz,
    final_at            timestamptz,
    primary key (id)
) partition by range (id);
-- A partition is the messages of 1048576 parts at most; upkeep makes the next ones and drops the old ones.
create table message_0 partition of message for values from (0) to (1073741824) with (fillfactor = 40);
create table message_1 partition of message for values from (1073741824) to (2147483648) with (fillfactor = 40);
create table message_partition (
    number    bigint primary key,
    opened_at timestamptz not null default now()
);
insert into message_partition (number) values (0);
-- No index on status, nor on anything that is updated with it: updates stay on their page (HOT). Each message is updated twice (sent,
-- final), and in bulk, so all rows of a page at once: the page is to be filled to less than half, or half of the updates go elsewhere.

-- Messages kept for an operator by the in-doubt policy 'hold'.
create table held_message (
    mt_id   bigint primary key,
    account text not null,
    held_at timestamptz not null default now()
);
create index held_message_by_account on held_message (account, mt_id);

-- Numbers not to be written to; digits is what is compared.
create table quarantine (
    short_code text not null,
    digits     text not null,
    number     text not null,
    reason     text not null,
    created_at timestamptz not null default now(),
    primary key (short_code, digits)
);

create type error_kind as enum ('soft', 'hard', 'ignored');
create table error_qualification (
    smsc_name    text not null,
    stat         text not null,
    err          text not null,
    kind         error_kind not null default 'soft',
    occurrences  bigint not null default 0,
    first_seen   timestamptz not null default now(),
    last_seen    timestamptz not null default now(),
    primary key (smsc_name, stat, err)
);

-- For senders that only speak SQL: insert rows, read message_id or error afterwards.
create table outbox (
    id          bigint generated by default as identity primary key,
    account     text not null,
    recipient   text not null,
    body        text not null,
    sender      text,
    priority    smallint not null default 0,
    max_parts   smallint not null default 0,
    send_at     timestamptz,
    reference   text,
    created_at  timestamptz not null default now(),
    taken_at    timestamptz,
    message_id  bigint,
    error       text
);
create index outbox_waiting on outbox (id) where taken_at is null;
create function outbox_signal() returns trigger language plpgsql as $$
begin
    perform pg_notify('sms_work', '#outbox');
    return null;
end $$;
create trigger outbox_signal after insert on outbox for each statement execute function outbox_signal();

create table slot_lease (
    slot       text primary key,
    owner      text not null,
    epoch      bigint not null,
    expires_at timestamptz not null
) with (fillfactor = 50);

-- Messages written by people.

-- Ids rise in the order of commits: whoever has seen an id has seen, or will never see, the smaller ones.
create table inbox (
    id            bigint generated always as identity primary key,
    account       text not null,
    sender        text not null, -- source_addr as received
    short_code    text not null, -- destination_addr; where it is empty, large_account
    text          text,          -- null: binary
    octets        bytea not null, -- user data of all parts, without headers
    udh           bytea,          -- of the first part
    data_coding   smallint not null,
    parts         smallint not null, -- that are there
    total         smallint not null, -- that were announced
    complete      boolean not null,
    remarks       text,           -- what was odd about it
    received_at   timestamptz not null, -- its first part
    stored_at     timestamptz not null default now(),
    linked_sms    text,
    alias         text,
    provider_id   text,
    large_account text
);
create index inbox_by_account on inbox (account, id);

-- Fingerprints of the MO of late: an MO that the SMSC sends again is stored once.
create table mo_seen (
    key   uuid primary key,
    until timestamptz not null
) with (autovacuum_vacuum_scale_factor = 0.0, autovacuum_vacuum_threshold = 10000);

-- MO that an account's webhook has not taken yet. Rows come in the transaction of their MO and go with the receiver's 2xx.
create table mo_webhook (
    inbox_id        bigint primary key,
    account         text not null,
    attempts        integer not null default 0,
    next_attempt_at timestamptz not null default now(), -- while a node calls: when another may try
    last_error      text
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.0, autovacuum_vacuum_threshold = 1000);
create index mo_webhook_due on mo_webhook (account, next_attempt_at);

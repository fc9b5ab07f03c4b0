-- How many correlators an account has: fixed at first use, because ids are found by hash modulo this number.

create table correlator_layout (
    name    text primary key,
    buckets integer not null check (buckets > 0)
);

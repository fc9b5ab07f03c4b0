-- SPDX-License-Identifier: Apache-2.0
-- Nodes that live, as they say themselves every few seconds. A handful of rows.
create sequence cluster_number;

create table cluster_node (
    incarnation text primary key,
    address     text not null,
    cluster     bigint not null,
    board       text not null default '',
    expires_at  timestamptz not null
) with (fillfactor = 50);
comment on column cluster_node.incarnation is 'a restarted node is another one';
comment on column cluster_node.address is 'host:port for the other nodes';
comment on column cluster_node.cluster is 'the same for all that have joined each other';
comment on column cluster_node.board is 'its connections, for the other nodes to show; JSON';

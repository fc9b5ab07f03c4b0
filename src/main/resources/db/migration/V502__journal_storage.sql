-- Events and snapshots are compact already: compressing them once more costs the server more than the octets it saves, and while it
-- does so, SR wait for their answers.
alter table event_journal alter column event_payload set storage external;
alter table snapshot alter column snapshot_payload set storage external;

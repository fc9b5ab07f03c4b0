-- Of a long message that is not sent as a whole yet: "reference parts data_coding accepted…", see LongMtProgress. Null with nearly all.

alter table message add column progress text;

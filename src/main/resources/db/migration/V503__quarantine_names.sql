-- Names of alphanumeric senders stood under their digits, as if they were those numbers.
update quarantine set digits = number where number ~ '[[:alpha:]]' and digits <> number;

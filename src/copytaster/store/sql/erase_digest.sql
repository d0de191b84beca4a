-- What a way in remembers of the bytes it brought last.
UPDATE source_states
SET state = CAST(replace(CAST(state AS TEXT), :old, :new) AS BLOB)
WHERE instr(CAST(state AS TEXT), :old);

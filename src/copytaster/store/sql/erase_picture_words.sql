-- A word against a picture is known again by the message that said it.
UPDATE picture_kills SET id = 'erased:' || hex(randomblob(16)) WHERE instr(id, :said);

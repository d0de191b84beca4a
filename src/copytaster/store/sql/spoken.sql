SELECT term, doc FROM json_each(:words) AS asked CROSS JOIN spoken ON spoken.term = asked.value;

-- When the last of these messages came; :messages is a JSON array of their numbers.
SELECT max(received) FROM json_each(:messages) AS meant
CROSS JOIN messages ON messages.number = meant.value;

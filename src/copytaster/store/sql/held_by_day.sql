SELECT
    (verdicts.at + :offset) / 86400000000, json_extract(reason.value, '$.code'),
    count(DISTINCT verdicts.story)
FROM verdicts
JOIN stories ON stories.number = verdicts.story AND NOT stories.drill
JOIN json_each(verdicts.reasons) AS reason
WHERE verdicts.state = 'held' AND verdicts.at >= :since
GROUP BY 1, 2
ORDER BY 1, 2;

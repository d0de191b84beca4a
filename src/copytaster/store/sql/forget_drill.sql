DELETE FROM story_names WHERE story = :story;
DELETE FROM messages WHERE story = :story;
DELETE FROM decisions WHERE story = :story;
DELETE FROM editions WHERE story = :story;
DELETE FROM events WHERE story = :story;
DELETE FROM receipts WHERE story = :story;
DELETE FROM stories WHERE number = :story AND drill;

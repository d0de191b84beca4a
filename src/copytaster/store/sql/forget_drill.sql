DELETE FROM acknowledgements WHERE story = :story;
DELETE FROM story_names WHERE story = :story;
DELETE FROM chains
WHERE story = :story AND agency = (SELECT agency FROM stories WHERE number = :story);
DELETE FROM corrections WHERE story = :story;
DELETE FROM verdicts WHERE story = :story;
DELETE FROM story_shelves WHERE story = :story;
DELETE FROM findable WHERE story = :story;
DELETE FROM wire WHERE story = :story;
DELETE FROM twins WHERE story = :story;
DELETE FROM story_pictures WHERE story = :story;
DELETE FROM batch_stories WHERE story = :story;
DELETE FROM work WHERE story = :story;
DELETE FROM messages WHERE story = :story;
DELETE FROM decisions WHERE story = :story;
DELETE FROM editions WHERE story = :story;
DELETE FROM events WHERE story = :story;
DELETE FROM receipts WHERE story = :story;
DELETE FROM stories WHERE number = :story AND drill;

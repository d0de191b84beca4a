UPDATE stories SET revision = revision + 1 WHERE number = :story;

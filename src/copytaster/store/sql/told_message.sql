SELECT min(number) FROM messages WHERE story = :story AND content_hash = :content_hash;

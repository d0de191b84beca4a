-- A repeat is not kept twice; it can only make the kept one stricter.
INSERT INTO messages (
    story, identity, content_hash, source, received, seen, archive, publish_after, target, item_z
) VALUES (
    :story, :identity, :content_hash, :source, :received, :seen, :archive, :publish_after,
    :target, :item_z
)
ON CONFLICT (story, identity) DO UPDATE SET archive = 1 WHERE archive < excluded.archive;

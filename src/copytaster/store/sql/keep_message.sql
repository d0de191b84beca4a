-- A repeat is not kept: how a message came the first time stands.
INSERT INTO messages (
    story, identity, content_hash, source, received, seen, archive, publish_after, delivery,
    target, item_z
) VALUES (
    :story, :identity, :content_hash, :source, :received, :seen, :archive, :publish_after,
    :delivery, :target, :item_z
)
ON CONFLICT (story, identity) DO NOTHING;

UPDATE sessions SET seen = max(seen, :at) WHERE digest = :digest

UPDATE tokens SET used = max(coalesce(used, :at), :at) WHERE digest = :digest

UPDATE reports SET called = max(called, :called) WHERE ticket = :ticket

"""Public statistics of moderation: by rule and month, how long it took, what was contested."""

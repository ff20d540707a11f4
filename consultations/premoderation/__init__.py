"""Pre-moderation: for a time moderators read what is said in a consultation before it is shown."""

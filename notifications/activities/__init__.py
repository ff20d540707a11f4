"""Activities: events of followed things, recorded, read by followers, mailed at once."""

"""The staff's side of petitions: checking, reviewing, deciding, answering, and the rules for it."""

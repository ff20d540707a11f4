"""The desk of petitions: checking, reviewing, deciding, answering, and the council's rules."""

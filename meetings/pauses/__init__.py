"""Pauses of a meeting: a recess, an air-raid alarm, a technical pause, on all faces at once."""

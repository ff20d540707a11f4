"""Contests: an author objects to the hiding of what they said; another moderator decides."""

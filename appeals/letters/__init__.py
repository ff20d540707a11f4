"""Letters about an appeal: the answer, and notices of what became of it."""

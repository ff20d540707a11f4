"""Notes between officers about a matter on which they work."""

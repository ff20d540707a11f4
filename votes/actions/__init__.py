"""Actions on polls and votes."""

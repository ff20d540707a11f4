"""Minutes: drafted from the log of a meeting, written on by its secretary, published."""

"""Defence against machine-made signatures: marks, trends, removals, guard, objections."""

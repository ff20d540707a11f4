"""What keeps machines out of the count: marks, trends, rules with a reason, guard, objections."""

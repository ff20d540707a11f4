"""One draft answers many appeals: each gets a letter, number and term of its own."""

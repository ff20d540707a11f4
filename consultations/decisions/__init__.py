"""The council's decision after a consultation, and what follows from it."""

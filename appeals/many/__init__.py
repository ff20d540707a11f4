"""Many appeals at once: given to one executor by one press."""

"""What people say of a petition: its discussion, under its own rules."""

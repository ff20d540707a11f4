"""What goes to people on paper: codes that are copied by hand, letters, sheets of codes."""

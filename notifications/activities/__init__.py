"""What happened to whatever can be followed: recorded, read by followers, told at once."""

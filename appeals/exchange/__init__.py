"""Exchange with the office's document system by files: appeals out, its numbers and days in."""

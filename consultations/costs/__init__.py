"""What a draft would cost those who must follow it, clause by clause (docs/costs.md)."""

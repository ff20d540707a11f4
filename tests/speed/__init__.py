"""What each hot path costs: SQL statements and Python calls, beside a committed table (ADR 114)."""

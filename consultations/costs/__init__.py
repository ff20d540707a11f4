"""Costs of compliance: what following a draft would cost, clause by clause (docs/costs.md)."""

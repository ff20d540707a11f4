"""What `bin/test --since REV` runs: the tests that a change can break (choose.py says how)."""

"""What is given out to verify evidence bundles: verify.py, and a page that says the same."""

"""The officers' desk of polls: prepare, announce, extend, cancel, publish, enter paper."""

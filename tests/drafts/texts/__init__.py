"""Texts with declared numbers and words, by which the reading of files is scored."""

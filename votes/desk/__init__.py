"""What officers do with polls: prepare, announce, extend, cancel, publish, enter paper."""

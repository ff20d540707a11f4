"""The founding programme: each of its demands, where it is answered, with its figure."""

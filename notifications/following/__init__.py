"""Following: what people are told of because they asked for it, or because they took part."""

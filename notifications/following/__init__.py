"""Following: what people are told of because they asked to be, or because they took part."""

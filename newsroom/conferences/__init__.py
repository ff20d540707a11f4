"""Press conferences retold: an article’s draft of their questions and answers."""

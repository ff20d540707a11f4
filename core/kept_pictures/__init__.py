"""Pictures with alternative text that apps keep beside their rows, in several sizes."""

"""Electronic services of the council as data: offered, used, judged."""

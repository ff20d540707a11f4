"""Actions on organisations and on those who act for them."""

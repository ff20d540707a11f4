"""The panel: one question about trust a quarter, to people drawn by a lot that anybody repeats."""

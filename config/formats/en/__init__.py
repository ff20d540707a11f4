"""English: «8 January 2027», as on the pages, and not “Jan. 8, 2027”."""

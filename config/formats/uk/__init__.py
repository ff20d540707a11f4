"""Ukrainian: «8 січня 2027», with no nought before the day, as everywhere on the pages."""

"""The disposition table as a spreadsheet: taken out, filled elsewhere, brought back."""

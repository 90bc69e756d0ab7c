"""Google Sheets: reading spreadsheets and writing the cells that are ours, over the Sheets API."""

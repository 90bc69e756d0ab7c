"""A stand-in of Google Sheets and Drive: a model of a spreadsheet, and a server that speaks their HTTP."""

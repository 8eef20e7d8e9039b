"""The main paths in a real browser, on the sample company, against a server of their own."""

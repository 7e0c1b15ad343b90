"""What is shown of a ledger: the page, the API, and what they share."""

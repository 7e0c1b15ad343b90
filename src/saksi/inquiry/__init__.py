"""What is asked of a ledger, for the command line, the page and Python alike: selections, queries, explanations."""

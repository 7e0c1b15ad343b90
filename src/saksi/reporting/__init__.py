"""Pictures and reports: what is claimed, drawn and told for people who do not open a ledger."""

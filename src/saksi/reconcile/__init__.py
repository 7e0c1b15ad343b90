"""What the claims of a ledger allow together: tallies, contradictions, tensions, incidents."""

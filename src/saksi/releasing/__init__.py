"""What leaves a ledger: exports in the shapes that others load, releases that others check and cite."""

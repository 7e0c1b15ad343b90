"""Where claims are kept: rows are added, never changed."""

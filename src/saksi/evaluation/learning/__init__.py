"""Learns the weights of the reader's signs from gold: `make weights`. Needs the extra `learn` (SciPy)."""

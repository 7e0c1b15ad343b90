"""How well the reader reads: our own gold with floors, and measures over other people's corpora."""

"""A document becomes a reading: layers of spans on its unaltered text, and the claims they make."""

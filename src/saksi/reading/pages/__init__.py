"""A document laid open: its blocks, sentences and tokens, its language, and every known form in it.

In: a document's text. Out: a `Page`, whose tokens always slice to the text they came from.
"""

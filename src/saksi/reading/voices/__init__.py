"""Who says it: words of saying and the noun phrases that can say something.

In: the items of a sentence. Out: its attributions, each with source, word of saying, content and carriers.
"""

"""What each sentence claims, and what the page as a whole makes of it: totals, parts, and what is told again.

In: the sentences with their events and attributions. Out: claims with every value pinned to its words.
"""

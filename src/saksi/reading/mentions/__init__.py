"""What is named on a page: numbers, times, places, and those who act.

In: a `Page`. Out: `Found`, the mentions by first token, each with its value or with why it has none.
"""

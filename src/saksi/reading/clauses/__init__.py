"""Who did what to how many: a sentence as a row of items, its noun groups, its acts, and which number is whose.

In: a sentence and what was found in it. Out: its events, each with its groups, doer, targets and persons.
"""

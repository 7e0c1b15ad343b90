"""Follows feeds and pages for as long as one likes, and reads what is new into a ledger.

`sources.py` is the file of sources; `state.py` is what was seen, kept beside the ledger; `watch.py` goes round.
"""

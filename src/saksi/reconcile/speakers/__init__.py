"""Who speaks in a ledger: which names of its pages are one speaker's, by evidence that a reader can follow.

`said.py` says by which name a claim's speaker goes; `words.py` and `names.py` take names apart; `spelled.py` finds
acronyms that pages spell out; `ties.py` says which names may be one speaker's, and why; `joining.py` joins them;
`known.py` asks a ledger.
"""

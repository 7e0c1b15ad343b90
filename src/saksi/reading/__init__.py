"""From a document to its claims, room by room; each room imports only the rooms before it.

pages → mentions → clauses → voices → claims → scenes. Start at `read.py`, which walks through them in this order.
`values.py` says what a slot may hold; `vocabulary.py` is what a language's files and the registers say, compiled;
`weights.py` adds learned weights up.
"""

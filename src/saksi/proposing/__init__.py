"""A second reader may propose claims; only what its quotes pin to the text enters.

ask → answers → ground → settle. `prompt.py` and `windows.py` say what to ask, `endpoint.py` asks, `answers.py` takes
what anything answered; `ground.py` finds the quotes and reads their words with the reader's own grammars; `settling.py`
makes one row of what two readers say. Nothing here believes a model: a value is what its words parse to.
"""

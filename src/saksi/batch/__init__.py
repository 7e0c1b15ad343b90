"""The same reader over very many documents: cut into units, read by several processes, kept as Parquet.

`plan.py` cuts; `unit.py` reads one unit; `parts.py` is the folder of results; `processes.py` is the engine, behind
one function; `run.py` ties them together. Delete this room and only speed is lost.
"""

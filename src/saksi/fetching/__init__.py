"""Gets pages and feeds from servers, politely and safely, and keeps what came as it came.

`door.py` lets connections out to public addresses only; `fetcher.py` asks, with robots.txt, delays and bounds;
`snapshots.py` keeps the bytes; `taken.py` makes documents of them.
"""

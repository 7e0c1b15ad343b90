"""A notebook as a page of Markdown: its words as they are, its code as blocks."""

from __future__ import annotations

import json


def told(text: str) -> str:
    """The page of a notebook."""
    parts = []
    for cell in json.loads(text)["cells"]:
        source = "".join(cell["source"])
        parts.append(source if cell["cell_type"] == "markdown" else f"```python\n{source}\n```")
    return "\n\n".join(parts) + "\n"

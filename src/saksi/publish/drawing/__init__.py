"""Maps, timelines and bars as numbers for a template: drawn by the server, so that they need no script and print."""

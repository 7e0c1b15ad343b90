"""Files, pages and lines of JSON become documents."""

"""Charts as people print them: a tally, a timeline, who says what, a map; of the page, of pictures and of reports."""

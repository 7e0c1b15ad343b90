"""Words: one folder of data per language, the same file names in each, and what turns them into forms."""

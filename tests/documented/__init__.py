"""The commands that the pages of the docs show are run as they stand there."""

"""The page: rendered by the server, works without scripts; scripts only improve it."""

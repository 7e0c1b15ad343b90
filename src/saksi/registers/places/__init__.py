"""Where places are on the map: the gazetteer, its builder and the curated supplement."""

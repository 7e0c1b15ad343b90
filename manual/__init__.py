"""The docs as a site: plain pages that open from their files, with no script and no request to anywhere."""

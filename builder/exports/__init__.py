"""Files for machines: catalogue, feeds, citations."""

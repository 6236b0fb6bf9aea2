"""设置: what the county sets itself, each document dated, numbered and never overwritten."""

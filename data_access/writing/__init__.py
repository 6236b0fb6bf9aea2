"""One module per kind of record; `data_access.writes` is the door."""

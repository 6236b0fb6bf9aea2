"""What screens share: router, guard, address, words, cells, tables, charts, filters."""

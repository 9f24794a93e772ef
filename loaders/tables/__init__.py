"""Grids to tables: where a heading stands, what it opens, whose it is, what each row is."""

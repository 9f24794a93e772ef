"""Cells to values: dates, states, results, numbers, names."""

"""Marks: what marking.py writes into a workbook's package, part by part, and how a marked book is read again."""

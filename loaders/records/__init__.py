"""Tables to records: the lines of each kind of table, typed column by column."""

"""Released counts of organisations in; one page of all nine indicators by ethnic group, each cell a click away, out."""

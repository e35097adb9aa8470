"""The only doors to the rows of plans for pages and other rooms."""

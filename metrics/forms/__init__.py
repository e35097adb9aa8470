"""Forms of the metrics room: the shape of input only."""

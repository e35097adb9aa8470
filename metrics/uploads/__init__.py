"""Files of figures as texts: what their columns mean, and each cell as one observation. Knows no database."""

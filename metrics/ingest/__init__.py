"""What is handed in: the shape of rows, how figures are written, what is said of refused rows. Knows no database."""

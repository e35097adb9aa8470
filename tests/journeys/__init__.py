"""One journey through the product for each role: a real browser, a real worker, real mail."""

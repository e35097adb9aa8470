"""What the tests stand on: real services, real mail, a real browser, a real worker."""

"""Organizations, memberships and roles, employees, reporting lines, job descriptions, leave, imports."""

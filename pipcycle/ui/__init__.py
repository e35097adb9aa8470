"""The interface every room shares: navigation, search, icons, the plan line, error pages and the gallery."""

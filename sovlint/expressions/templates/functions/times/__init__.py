"""Points in time and stretches of it, as Go prints and reads them."""

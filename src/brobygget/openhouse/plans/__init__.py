"""What follows from a day and from answers, as plain functions: no database, no clock."""

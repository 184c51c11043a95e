"""Arrays in, results out: the mathematics of Brobygget, which knows neither Django nor prose."""

"""Tables read as rows and columns of what papers write of: names, data sets, metrics, figures."""

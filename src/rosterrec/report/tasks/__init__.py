"""Task packages: a workbook for each school, village or teacher."""

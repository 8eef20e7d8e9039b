"""The Service levels page again, as one would write it first: charts built at every rerun, every answer asked anew."""

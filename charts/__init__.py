"""Pictures: each a Vega-Lite spec, built once per metric, language and theme; rows are sent to it separately."""

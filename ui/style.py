"""The few touches that Streamlit's own theme settings do not reach. Colours are inherited, never named here.

The toolbar over pictures goes: it is English only, and speaks of specs and raw data.
"""

import streamlit as st

_CSS = """
<style>
.block-container { padding-top: 3.2rem; max-width: 1320px; }
[data-testid="stMetricValue"], [data-testid="stMetricDelta"] { font-variant-numeric: tabular-nums; }
[data-testid="stCaptionContainer"] { opacity: 1; color: color-mix(in srgb, currentColor 74%, transparent); }
[data-testid="stMetricLabel"] p { font-size: 0.95rem; }
[data-testid="stMetric"] .stMarkdownEllipsis,
[data-testid="stMetric"] .stMarkdownEllipsis p { white-space: normal; overflow: visible; }
[data-testid="stMetric"] div:has(> [data-testid="stMetricDelta"]) { flex-wrap: wrap; row-gap: 0.1rem; }
[data-testid="stGridCellContent"] > [data-testid="stLayoutWrapper"] { flex: 1 1 auto; }
[data-testid="stFullScreenFrame"]:has([data-testid="stVegaLiteChart"]) [data-testid="stElementToolbar"] {
  display: none;
}
[class*="st-key-quote-"] button, [class*="st-key-quote-"] button p { text-align: left; justify-content: flex-start; }
.st-key-ticket th, .st-key-ticket td:first-child { word-break: keep-all; }
.st-key-ticket [data-testid="stGridCellContent"] table { width: 100%; }
[class*="st-key-sheet"] th, [class*="st-key-sheet"] td { white-space: nowrap; }
[class*="st-key-sheet"] [data-testid="stMarkdownContainer"]:has(table) { overflow-x: auto; }
@media (max-width: 640px) {
  [data-testid="stMarkdownContainer"]:has(> table) { overflow-x: auto; }
  [data-testid="stMarkdownContainer"] > table :is(th, td) { min-width: 6.5em; }
  .block-container { padding-left: 1rem; padding-right: 1rem; }
}
</style>
"""


def apply() -> None:
    """Send the touches once per run."""
    st.html(_CSS)

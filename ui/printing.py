"""A page on paper: what is only for the screen goes, pictures fit the sheet, and sections do not break in the middle.

Streamlit scrolls inside a box as high as the window; on paper every box must be as high as what is in it. Pictures are
drawn anew at the width of the sheet before the dialog opens, so that their words keep their size; the browser's own
command prints them scaled down.
"""

import streamlit as st

from ui.view import View

SHEET = "sheet"
"""Containers whose key begins so are kept together on a page of paper."""
_CSS = f"""
<style>
.on-paper .block-container {{ max-width: 703px; padding-left: 0; padding-right: 0; }}
@media print {{
  @page {{ size: A4 portrait; margin: 12mm; }}
  [data-testid="stSidebar"], [data-testid="stHeader"], [data-testid="stToolbar"],
  [data-testid="stSidebarCollapsedControl"], [data-testid="stExpandSidebarButton"],
  [data-testid="stStatusWidget"], [data-testid="stTooltipIcon"],
  .stButton, .stDownloadButton, .stButtonGroup, .stSelectbox {{ display: none !important; }}
  html, body, #root, .stApp, [data-testid="stAppViewContainer"], [data-testid="stMain"], .block-container {{
    position: static !important; height: auto !important; overflow: visible !important; display: block !important;
    padding: 0 !important; max-width: none !important;
  }}
  [data-testid="stVegaLiteChart"], [data-testid="stVegaLiteChart"] * {{ max-width: 100% !important; }}
  [data-testid="stVegaLiteChart"] svg {{ height: auto !important; }}
  [class*="st-key-{SHEET}"], [data-testid="stVegaLiteChart"], [data-testid="stMetric"], table {{ break-inside: avoid; }}
  h1, h2, h3 {{ break-after: avoid; }}
}}
</style>
"""
_PRINT = """
<script>
{
  const paper = document.documentElement.classList;
  paper.add("on-paper");
  window.addEventListener("afterprint", () => paper.remove("on-paper"), {once: true});
  setTimeout(() => window.print(), 1500);
}
</script>
"""


def button(view: View) -> None:
    """The way to the browser's print dialog; what it needs is on the page either way."""
    st.html(_CSS)
    if st.button(view.t("lifecycle.print"), icon=":material/print:", key="print", help=view.t("lifecycle.print_help")):
        st.html(_PRINT, unsafe_allow_javascript=True)

"""The only modules that know Streamlit, besides the pages and the frame."""

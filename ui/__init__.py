"""What the pages share of Streamlit: cached reads and figures, the page's frame, words, uploads."""

"""From a library and its analysis to Markdown pages: views, plan, render, write."""

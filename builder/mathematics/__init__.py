"""TeX mathematics, set at build time: to MathML for pages, to plain text for everything else."""

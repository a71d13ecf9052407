"""Where each paper stands on a map on which like papers are near each other.

Tags come first: they are set out in the plane so that tags that meet, on papers or across links,
are near. A paper starts among its tags; then those that are linked pull each other, all push each
other apart, and a spring holds each to where it started. The forces are those of t-SNE (van der
Maaten, Hinton: Visualizing data using t-SNE, 2008), the pushing is summed on a grid by Fourier
transforms (Linderman et al.: Fast interpolation-based t-SNE, 2019), so that time and memory grow
in line with the papers.

t-SNE from a random start, or run until it rests, throws everything about when one paper comes.
Here nothing is random, the start is made of facts that one paper hardly moves, and the steps are
few: `LAST_STEP` and its like say what was measured.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from builder.analysis.model import Related, TagUse

TAG_STEPS = 30
STEPS = 60
SPRING = 0.1


@dataclass(frozen=True, kw_only=True)
class Place:
    """A place on the map: percent of its width from the left, of its height from the top."""

    x: float
    y: float


def lay_out(
    tags: Mapping[str, Sequence[TagUse]],
    related: Mapping[str, Sequence[Related]],
    order: Sequence[str],
) -> dict[str, Place]:
    slugs = sorted(tags)
    if not slugs:
        return {}
    links = link_matrix(slugs, related)
    anchors = start(slugs, tags, links, order)
    spread = settle(anchors, links)
    return spread


def link_matrix(slugs, related):
    row = {s: i for i, s in enumerate(slugs)}
    ends = [(i, row[l.slug], l.score) for i, s in enumerate(slugs) for l in related[s]]
    n = len(slugs)
    a, b, v = (np.array(x) for x in zip(*ends)) if ends else ([], [], [])
    directed = sparse.csr_array((v, (a, b)), shape=(n, n))
    return sparse.csr_array(directed + directed.T)


def start(slugs, tags, links, order, steps=TAG_STEPS, power=2, wexp=0.5, dexp=1.5, mix=3.0):
    n = len(slugs)
    used = {u.id for uses in tags.values() for u in uses}
    ids = [t for t in order if t in used]
    col = {t: i for i, t in enumerate(ids)}
    m = len(ids)
    W = np.zeros((n, m))
    for r, s in enumerate(slugs):
        for p, u in enumerate(tags[s]):
            W[r, col[u.id]] = 1 / (1 + 0.5 * p)
    S = W.T @ W + mix / 2 * (W.T @ (links @ W))
    d = np.sqrt(np.diag(S))
    D = np.maximum(1 - S / np.outer(d, d), 0) ** dexp
    cnt = np.diag(W.T @ W) ** wexp
    wt = np.outer(cnt, cnt)
    np.fill_diagonal(wt, 0)
    ang = 2 * np.pi * (np.arange(m) + 0.5) / m
    X = 0.5 * np.c_[np.cos(ang), np.sin(ang)]
    # diagonal majorisation: x_i <- sum_j w_ij (x_j + D_ij (x_i - x_j)/|..|) / sum_j w_ij
    tot = wt.sum(1)[:, None]
    for _ in range(steps):
        diff = X[:, None] - X[None]
        dist = np.sqrt((diff**2).sum(-1))
        g = D / np.maximum(dist, 1e-9)
        X = 0.5 * X + 0.5*((wt @ X) + ((wt * g)[:, :, None] * diff).sum(1)) / tot
    share = W**power
    share /= np.maximum(share.sum(1, keepdims=True), 1e-9)
    Y = share @ X
    start.X = X
    untagged = ~W.any(axis=1)
    j = jitter(slugs)
    if untagged.any():
        Y[untagged] = j[untagged]
        rs = np.asarray(links.sum(1)).ravel()
        for _ in range(30):
            nb = (links @ Y) / np.maximum(rs, 1e-9)[:, None]
            nb[rs == 0] = 0
            Y[untagged] = nb[untagged]
            if untagged.all():
                Y = Y - Y.mean(0); Y /= Y.std()
    return Y + 0.01 * Y.std() * j


def jitter(slugs):
    h = np.array([zlib.crc32(s.encode()) for s in slugs]) / 2**32
    return np.c_[np.cos(2 * np.pi * h), np.sin(2 * np.pi * h)]


def settle(Y0, links, steps=STEPS, spring=SPRING, exag=1.0, cells=64, scale=0.35, mom=0.8):
    n = len(Y0)
    rs = np.asarray(links.sum(1)).ravel()
    P = sparse.coo_array(links / np.maximum(rs, 1e-9)[:, None])
    P = sparse.coo_array((P + P.T))
    r, c, p = P.row, P.col, P.data / max(P.sum(), 1e-9)
    Y = Y0 - Y0.mean(0)
    Y = Y / Y.std() * np.sqrt(n) * scale
    Yi, V = Y.copy(), np.zeros_like(Y)
    eta = n / 3 / exag
    for _ in range(steps):
        d = Y[r] - Y[c]
        g = p / (1 + (d * d).sum(1))
        F = np.c_[np.bincount(r, g * d[:, 0], n), np.bincount(r, g * d[:, 1], n)]
        V = mom * V - eta * (4 * (exag * F - repel(Y, cells)) + spring * (Y - Yi) / n)
        Y = Y + V
    return Y


def repel(Y, cells):
    lo = Y.min(0)
    span = (Y.max(0) - lo).max() + 1e-9
    h = span / (cells - 2)
    u = (Y - lo) / h + 0.5
    i = np.floor(u).astype(int)
    f = u - i
    n2 = 2 * cells
    idx, ws = [], []
    for a in (0, 1):
        for b in (0, 1):
            idx.append((i[:, 0] + a) * n2 + i[:, 1] + b)
            ws.append(np.abs(1 - a - f[:, 0]) * np.abs(1 - b - f[:, 1]))
    idx, ws = np.concatenate(idx), np.concatenate(ws)
    mass = np.bincount(idx, ws, n2 * n2).reshape(n2, n2)
    k = np.fft.fftfreq(n2, 1 / n2) * h
    gx, gy = np.meshgrid(k, k, indexing="ij")
    q = 1 / (1 + gx**2 + gy**2)
    K = np.fft.rfft2(np.stack([q, gx * q * q, gy * q * q]))
    out = np.fft.irfft2(np.fft.rfft2(mass) * K, s=(n2, n2)).reshape(3, -1)
    v = (out[:, idx] * ws).reshape(3, 4, len(Y)).sum(1)
    return v[1:].T / (v[0] - 1).sum()

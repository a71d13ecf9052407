/* How many slips of a finger lie between two words. */

/**
 * Optimal string alignment distance: letters put in, left out, exchanged, and neighbors swapped.
 * Returns Infinity beyond `most`. With `unfinished`, `word` may go on behind the end of `typed`.
 */
export function distance(typed, word, most, unfinished = false) {
  const n = typed.length;
  const m = unfinished ? Math.min(word.length, n + most) : word.length;
  if (n - m > most || (!unfinished && m - n > most)) return Infinity;
  let before = [];
  let last = Array.from({ length: m + 1 }, (_, j) => j);
  for (let i = 1; i <= n; i += 1) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= m; j += 1) {
      const same = typed[i - 1] === word[j - 1];
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1));
      if (i > 1 && j > 1 && typed[i - 1] === word[j - 2] && typed[i - 2] === word[j - 1]) {
        row[j] = Math.min(row[j], before[j - 2] + 1);
      }
      least = Math.min(least, row[j]);
    }
    if (least > most) return Infinity;
    [before, last] = [last, row];
  }
  const found = unfinished ? Math.min(...last) : last[m];
  return found <= most ? found : Infinity;
}

// Words, their stems and the grapheme clusters of texts and queries, as the portal finds them (search.analysis).

globalThis.packAnalysis = (tables, known) => {
  "use strict";
  const { pattern, readable, foldWord, simplified, withoutAccents, script } = globalThis.packFolding(tables);

  const clipped = (word) => [...word].slice(0, tables.longest).join("");
  const stops = Object.fromEntries(Object.entries(tables.stops).map(([code, words]) => [code, new Set(words)]));
  const stems = {};
  for (const [language, { words, terms }] of Object.entries(known.stems)) {
    stems[language] = new Map(words.map((word, at) => [word, terms[at]]));
  }

  // How a word is stored; null for a piece without a letter or digit. The stems are those of the pack's own words.
  function forms(word, language) {
    if (!/[\p{L}\p{N}]/u.test(word)) return null;
    let folded = foldWord(word).replace(/ /g, "");
    if (pattern("thousands", "u").test(folded)) folded = folded.replace(/[.,]/g, "");
    if (!folded) return null;
    const stop = Boolean(stops[language]?.has(folded));
    if (script(folded) !== "Latn") {
      const term = clipped(folded);
      return { folded, term, plain: term, stop };
    }
    const bare = folded.replace(pattern("possessive", "u"), "") || folded;
    const stem = (each) => stems[language]?.get(each);
    const term = stem(folded) ?? (language === "en" ? stem(bare) ?? bare : folded);
    return { folded, term: clipped(term), plain: clipped(withoutAccents(bare)), stop };
  }

  // --- Grapheme clusters of the scripts without spaces (search.analysis.segment) ---

  const GAP = ".";

  // [folded cluster, start, end], with a GAP between parted runs; places are JavaScript's, in UTF-16 units.
  function clusterPlaces(text) {
    const found = [];
    let parted = true;
    if (!pattern("unspaced", "u").test(text)) return found;
    for (const match of text.matchAll(pattern("clusters"))) {
      if (match[1] !== undefined) {
        parted = false;
        found.push([foldWord(match[0]), match.index, match.index + match[0].length]);
      } else if (!parted) {
        parted = true;
        found.push([GAP, match.index, match.index + match[0].length]);
      }
    }
    return found;
  }

  function runs(text) {
    const found = [[]];
    for (const [cluster] of clusterPlaces(text)) {
      if (cluster === GAP) found.push([]);
      else found[found.length - 1].push(cluster);
    }
    return found.filter((run) => run.length);
  }

  // --- Words without spaces: the likeliest of the pack's own words, as the portal's dictionary parted them ---

  const segmenter = globalThis.Intl?.Segmenter ? new Intl.Segmenter("en", { granularity: "word" }) : null;
  const SEEN_TOGETHER = 0.7;
  const NEVER_SEEN = 1e-9;
  const vocabulary = { words: new Map(), pairs: new Map(), total: 0, followed: new Map(), longest: 1 };
  for (const { words, counts, pairs } of Object.values(known.vocabulary)) {
    const first = vocabulary.words.size;
    words.forEach((word, at) => {
      vocabulary.words.set(word, { id: first + at, count: counts[at] });
      vocabulary.total += counts[at];
      vocabulary.longest = Math.max(vocabulary.longest, clusterPlaces(word).length);
    });
    for (let at = 0; at < pairs.length; at += 3) {
      const [before, after, times] = [first + pairs[at], first + pairs[at + 1], pairs[at + 2]];
      vocabulary.pairs.set(`${before} ${after}`, times);
      vocabulary.followed.set(before, (vocabulary.followed.get(before) || 0) + times);
    }
  }

  function cost(before, word) {
    const alone = word ? word.count / vocabulary.total : NEVER_SEEN;
    const follows = before && word ? vocabulary.pairs.get(`${before.id} ${word.id}`) || 0 : 0;
    const together = follows ? follows / vocabulary.followed.get(before.id) : 0;
    return -Math.log(SEEN_TOGETHER * together + (1 - SEEN_TOGETHER) * alone);
  }

  // The likeliest parting of neighbouring clusters: [start, end, whether it is a word of the pack], by cluster.
  function parted(clusters) {
    const ways = clusters.map(() => new Map());
    ways.push(new Map());
    ways[0].set("", { cost: 0, from: null, start: 0, end: 0, word: null });
    for (let start = 0; start < clusters.length; start += 1) {
      for (const way of ways[start].values()) {
        let written = "";
        for (let end = start + 1; end <= Math.min(clusters.length, start + vocabulary.longest); end += 1) {
          written += clusters[end - 1];
          const word = vocabulary.words.get(written) || null;
          if (!word && end > start + 1) continue;
          const total = way.cost + cost(way.word, word);
          const key = word ? written : "";
          const best = ways[end].get(key);
          if (!best || total < best.cost) ways[end].set(key, { cost: total, from: way, start, end, word });
        }
      }
    }
    let way = [...ways[clusters.length].values()].reduce((one, other) => (other.cost < one.cost ? other : one));
    const found = [];
    for (; way.from; way = way.from) found.unshift([way.start, way.end, Boolean(way.word)]);
    return found;
  }

  // What the pack has no word for, parted by the browser's dictionary where it has one.
  function strange(text, start, end) {
    if (!segmenter) return [[start, end]];
    return [...segmenter.segment(simplified(text.slice(start, end)))].map(({ index, segment }) => [
      start + index,
      start + index + segment.length,
    ]);
  }

  function unspacedWords(text, offset) {
    const found = [];
    let clusters = [];
    const close = () => {
      if (!clusters.length) return;
      let unknown = null;
      const told = () => {
        if (unknown) found.push(...strange(text, unknown[0], unknown[1]));
        unknown = null;
      };
      for (const [first, last, isKnown] of parted(clusters.map(([cluster]) => cluster))) {
        const [start, end] = [clusters[first][1], clusters[last - 1][2]];
        if (isKnown) {
          told();
          found.push([start, end]);
        } else if (unknown) unknown[1] = end;
        else unknown = [start, end];
      }
      told();
      clusters = [];
    };
    // Numbers in native digits and words of other scripts stand between the clusters.
    const others = (start, end) => {
      for (const match of text.slice(start, end).matchAll(/\p{Nd}+(?:[.,]\p{Nd}+)*|[\p{L}\p{N}\p{M}]+/gu)) {
        if (/[\p{L}\p{N}]/u.test(match[0])) found.push([start + match.index, start + match.index + match[0].length]);
      }
    };
    let at = 0;
    for (const place of clusterPlaces(text)) {
      const [cluster, start, end] = place;
      if (cluster === GAP) continue;
      if (start !== at) {
        close();
        others(at, start);
      }
      clusters.push(place);
      at = end;
    }
    close();
    others(at, text.length);
    return found.map(([start, end]) => [offset + start, offset + end]);
  }

  // The places of all words and numbers of a readable text, in order.
  function words(text) {
    if (!pattern("needsDictionary", "u").test(text)) {
      return [...text.matchAll(pattern("latinWord"))].map(({ index, 0: word }) => [index, index + word.length]);
    }
    const found = [];
    for (const match of text.matchAll(pattern("pieces"))) {
      if (match[1] !== undefined) found.push([match.index, match.index + match[0].length]);
      else found.push(...unspacedWords(match[0], match.index));
    }
    return found;
  }

  // The words worth finding: stop words go, unless nothing else is there.
  function tokens(text, language) {
    const all = words(text)
      .map(([start, end]) => ({ start, end, ...forms(text.slice(start, end), language) }))
      .filter(({ term }) => term);
    const kept = all.filter(({ stop }) => !stop);
    return kept.length ? kept : all;
  }

  return { readable, foldWord, withoutAccents, forms, clusterPlaces, runs, words, tokens, script, stems, GAP };
};

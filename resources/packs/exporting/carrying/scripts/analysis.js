// The portal's analysis of text (search.analysis), in a browser. Its patterns and tables come from the portal's own
// code, in search-data.js; here is only what is done with them.

globalThis.packAnalysis = (tables, known) => {
  "use strict";
  const patterns = new Map();
  const pattern = (name, flags = "gu") => {
    const key = `${name} ${flags}`;
    if (!patterns.has(key)) patterns.set(key, new RegExp(tables.patterns[name], flags));
    return patterns.get(key);
  };
  // What a function of one word has answered, remembered.
  const remembering = (answer) => {
    const answers = new Map();
    return (word) => {
      if (!answers.has(word)) {
        if (answers.size > 50000) answers.clear();
        answers.set(word, answer(word));
      }
      return answers.get(word);
    };
  };
  const replaced = (text, name, by) => text.replace(pattern(name), by);
  const sortedBy = (order) => (marks) =>
    [...marks].sort((one, other) => (order[one] || 0) - (order[other] || 0)).join("");
  const count = (text, name) => (text.match(pattern(name)) || []).length;

  // --- One spelling for what looks the same (search.analysis.repair) ---

  const compose = (text) => replaced(text, "twoLetters", (two) => tables.one[two]);

  function khmerPlace(part) {
    if (part[0] === "\u17d2") return part[1] === "\u179a" ? 1 : 0;
    if (part === "\u17c9" || part === "\u17ca") return 2;
    return part <= "\u17c5" ? 3 : 4;
  }

  const khmerOrdered = (marks) =>
    marks.match(pattern("khmerPart")).sort((one, other) => khmerPlace(one) - khmerPlace(other)).join("");

  // Browsers that can't look behind (Safari before 16.4) read all Burmese as Unicode.
  let tellsZawgyi = true;
  try {
    pattern("zawgyiSigns");
  } catch {
    tellsZawgyi = false;
  }

  function looksLikeZawgyi(text) {
    const foreign = count(text, "zawgyiSigns") - count(text, "zawgyiStacks");
    return foreign >= 2 && foreign > 3 * count(text, "unicodeSigns");
  }

  function fromZawgyi(text) {
    const codes = [...text].map((letter) => tables.zawgyi[letter] ?? letter).join("");
    const kinzi = replaced(codes, "zawgyiKinzi", (_, letters, sign) => `\u1004\u103a\u1039${letters}${tables.kinzi[sign]}`);
    return kinzi.replace(pattern("zawgyiSyllable"), (...found) => {
      const { before, kinzi: above, base, after } = found[found.length - 1];
      const parts = [...new Set((before + after).match(pattern("zawgyiPart")) || [])];
      return (above || "") + base + sortedBy(tables.order.zawgyi)(parts);
    });
  }

  const burmeseOrdered = (text) => replaced(text, "burmeseMarks", sortedBy(tables.order.burmese)).normalize("NFC");

  function burmese(text) {
    if (!tellsZawgyi || !looksLikeZawgyi(text)) return burmeseOrdered(text);
    const converted = burmeseOrdered(fromZawgyi(text));
    return looksLikeZawgyi(converted) ? burmeseOrdered(text) : converted;
  }

  function repair(text) {
    if (/[\u0e00-\u0eff]/.test(text)) {
      text = text.replace(/\u0e40\u0e40/g, "\u0e41").replace(/\u0ec0\u0ec0/g, "\u0ec1");
      text = replaced(text, "thaiMarks", sortedBy(tables.order.thai));
      text = compose(replaced(text, "laoMarks", sortedBy(tables.order.lao)));
    }
    if (/[\u1780-\u17ff]/.test(text)) {
      text = replaced(text, "khmerMarks", khmerOrdered);
      text = replaced(text, "khmerLookAlike", (alike) => tables.khmer[alike]);
    }
    return /[\u1000-\u109f]/.test(text) ? burmese(text) : text;
  }

  function readable(text) {
    text = replaced(replaced(text, "lineEnds", "\n"), "invisible", "");
    return repair(text.normalize("NFC")).normalize("NFC");
  }

  // --- Words as they are compared (search.analysis.normalise) ---

  function digit(native) {
    const code = native.codePointAt(0);
    const zero = [...tables.zeros].find((each) => code >= each.codePointAt(0) && code <= each.codePointAt(0) + 9);
    return zero === undefined ? native : String(code - zero.codePointAt(0));
  }

  const foldWord = remembering((word) => {
    const lower = word.normalize("NFKC").toLowerCase().replace(/[^\0-\x7f]/gu, (letter) => tables.casefold[letter] ?? letter);
    const folded = lower.normalize("NFKC").replace(/[^\0-\x7f]/gu, (letter) => tables.same[letter] ?? letter);
    return replaced(compose(folded), "nativeDigit", digit);
  });

  function withoutAccents(word) {
    if (!/[^\0-\x7f]/.test(word)) return word;
    const letters = word.replace(/[^\0-\x7f]/gu, (letter) => tables.plain[letter] ?? letter);
    return letters.replace(/[^\0-\x7f]/gu, (letter) => {
      const base = letter.normalize("NFD");
      if (base[0] >= "a" && base[0] <= "z") return base.replace(/\p{Mn}/gu, "");
      return letter >= "\u0300" && letter <= "\u036f" ? "" : letter;
    });
  }

  // The ISO 15924 code of the script of a word's first letter, "" for digits and signs.
  function script(word) {
    const found = pattern("script", "u").exec(String.fromCodePoint(word.codePointAt(0)));
    return found ? Object.keys(found.groups).find((name) => found.groups[name] !== undefined) : "";
  }

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
    return [...segmenter.segment(text.slice(start, end))].map(({ index, segment }) => [
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

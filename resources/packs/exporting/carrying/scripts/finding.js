// What of a pack answers a query, best first: as search.ranking weighs it, without concepts.
// A place is a title, a summary, a note, a page or a cue; an item is found by the words of all its places.

globalThis.packFinding = (data, analysis, marking) => {
  "use strict";
  const { tables, weights } = data;
  const { runSpans } = marking;
  const [SATURATION, LENGTH] = [1.2, 0.75];
  const MOST_CHARACTERS = 2000;
  const MOST_WORDS = 64;
  const MOST_ALIKE = 20;
  const places = data.places.map(([item, kind, language, text, number = null, file = null]) => ({
    item, kind, language: data.languages[language], text, number, file,
  }));

  // --- The index, unpacked when it is first asked ---

  const indexes = {};
  function indexOf(language) {
    if (!indexes[language]) {
      const { terms, held, lengths, places: ids } = data.indexes[language];
      const average = lengths.reduce((sum, length) => sum + length, 0) / lengths.length || 1;
      const postings = new Map(terms.map((term, at) => [term, held[at]]));
      // As written, without diacritics: the terms that it may be.
      const plain = new Map();
      const note = (written, term) => {
        if (!plain.has(written)) plain.set(written, new Set());
        plain.get(written).add(term);
      };
      if (tables.latin.includes(language)) {
        for (const [word, term] of analysis.stems[language] || []) {
          if (postings.has(term)) note(analysis.withoutAccents(word), term);
        }
        for (const term of postings.keys()) note(analysis.withoutAccents(term), term);
      }
      indexes[language] = { postings, plain, ids, lengths, average };
    }
    return indexes[language];
  }

  // --- What is asked (search.analysis.query_terms) ---

  function asked(text) {
    const readable = analysis.readable(text.slice(0, MOST_CHARACTERS));
    const written = analysis.words(readable).map(([start, end]) => readable.slice(start, end)).slice(0, 2 * MOST_WORDS);
    const scripts = new Set(written.map(analysis.script));
    const ofScript = Object.entries(tables.languages).filter(([script]) => scripts.has(script)).map(([, code]) => code);
    const latinToo = scripts.has("Latn") || scripts.has("");
    const there = Object.keys(data.indexes);
    const languages = ofScript.length && !latinToo ? there.filter((code) => ofScript.includes(code)) : there;
    const likely = ofScript.length ? ofScript : likeliest(written, there);
    const noise = likely.length === 1 ? written.filter((word) => analysis.forms(word, likely[0])?.stop) : [];
    const folded = written.map(analysis.foldWord);
    const asks = likely.length === 1 && folded.some((word) => tables.asking[likely[0]].includes(word));
    const found = languages.map((language) => ({ language, words: wordsFor(written, language, noise) }));
    return { text: readable, asks, languages: found.filter(({ words }) => words.length), runs: analysis.runs(readable) };
  }

  // The one Latin language whose words a sentence is made of; none for a few words, which may be of any.
  function likeliest(written, languages) {
    if (written.length < 4) return [];
    const knows = (language) => {
      const { postings } = indexOf(language);
      const of = written.map((word) => analysis.forms(word, language)).filter(Boolean);
      return of.filter(({ stop, term }) => stop || postings.has(term)).length;
    };
    const scored = languages.filter((code) => tables.latin.includes(code)).map((code) => [knows(code), code]);
    return scored.length ? [scored.reduce((one, other) => (other[0] > one[0] ? other : one))[1]] : [];
  }

  function wordsFor(written, language, noise) {
    const own = written.filter((word) => (tables.languages[analysis.script(word)] || language) === language);
    const all = own.map((word) => ({ word, forms: analysis.forms(word, language) })).filter(({ forms }) => forms);
    const kept = all.filter(({ forms }) => !forms.stop);
    const told = kept.filter(({ word }) => !noise.includes(word));
    const chosen = told.length ? told : kept.length ? kept : all;
    return [...new Map(chosen.map(({ forms }) => [forms.term, forms])).values()].slice(0, MOST_WORDS);
  }

  // --- What holds it ---

  // The places that hold a term, each with what it counts there (BM25).
  function weighed(language, term, share = 1) {
    const { postings, ids, lengths, average } = indexOf(language);
    const packed = postings.get(term);
    const found = new Map();
    if (!packed) return found;
    const rarity = Math.log(1 + (ids.length - packed.length / 2 + 0.5) / (packed.length / 2 + 0.5));
    let at = 0;
    for (let each = 0; each < packed.length; each += 2) {
      at += packed[each];
      const times = packed[each + 1];
      const length = 1 - LENGTH + (LENGTH * lengths[at]) / average;
      found.set(ids[at], (share * rarity * times * (SATURATION + 1)) / (times + SATURATION * length));
    }
    return found;
  }

  function merged(maps) {
    const all = new Map();
    for (const map of maps) for (const [place, worth] of map) all.set(place, Math.max(worth, all.get(place) || 0));
    return all;
  }

  // A word: as written, else by its letters without diacritics, which count less.
  function holding(language, { term, plain }) {
    const alike = tables.latin.includes(language) ? [...(indexOf(language).plain.get(plain) || [])] : [];
    const terms = [term, ...alike.filter((each) => each !== term)];
    return merged(terms.map((each) => weighed(language, each, each === term ? 1 : weights.plain)));
  }

  // A word that no text holds as written: words that it begins, or whose stem it goes on from.
  function similar(language, { plain }) {
    if (plain.length < 3 || !tables.latin.includes(language)) return new Map();
    const found = [];
    for (const [written, terms] of indexOf(language).plain) {
      const goesOn = written.startsWith(plain);
      const isStem = written.length > 3 && plain.length - written.length < 5 && plain.startsWith(written);
      if (goesOn || isStem) found.push([Math.abs(written.length - plain.length), [...terms]]);
    }
    const nearest = found.sort(([one], [other]) => one - other).slice(0, MOST_ALIKE);
    return merged(nearest.flatMap(([, terms]) => terms).map((term) => weighed(language, term, weights.plain)));
  }

  const letters = new Map();
  function lettersOf(place) {
    if (!letters.has(place)) letters.set(place, analysis.foldWord(places[place].text).replace(/\s+/g, ""));
    return letters.get(place);
  }

  // Places that hold a run of clusters exactly as typed, whatever words the dictionary made of it.
  function holdingRun(language, run) {
    const sought = run.join("");
    const found = [];
    for (const place of indexOf(language).ids) {
      if (!lettersOf(place).includes(sought)) continue;
      const times = runSpans(places[place].text, run).length;
      if (times) found.push([place, times]);
    }
    const all = indexOf(language).ids.length;
    const rarity = Math.log(1 + (all - found.length + 0.5) / (found.length + 0.5));
    return new Map(found.map(([place, times]) => [place, weights.clusters * rarity * Math.min(times, 4) ** 0.5]));
  }

  // --- Items, best first ---

  function byItem(holders) {
    const found = new Map();
    holders.forEach((holder, nth) => {
      const parts = new Map();
      for (const [place, worth] of holder) {
        const { item, kind } = places[place];
        const key = `${item} ${weights.kinds[kind] === undefined ? "body" : kind}`;
        const weight = worth * (weights.kinds[kind] ?? 1);
        const best = parts.get(key);
        if (!best || weight > best.weight) parts.set(key, { item, weight });
      }
      const items = new Map();
      for (const { item, weight } of parts.values()) items.set(item, [...(items.get(item) || []), weight]);
      for (const [item, worths] of items) {
        const best = Math.max(...worths);
        const rest = worths.reduce((sum, worth) => sum + worth, 0) - best;
        const entry = found.get(item) || { score: 0, held: new Set() };
        entry.score += best + weights.tie * rest;
        entry.held.add(nth);
        found.set(item, entry);
      }
    });
    return found;
  }

  function answers({ languages, runs, asks }, find, needed) {
    const items = new Map();
    const spots = new Map();
    for (const { language, words } of languages) {
      const holders = words.map((word) => find(language, word));
      const own = Object.values(tables.languages).includes(language);
      const typed = own ? runs.map((run) => holdingRun(language, run)) : [];
      const asTyped = byItem(typed);
      const enough = needed(words.length, asks);
      for (const [item, { score, held }] of byItem([...holders, ...typed])) {
        const count = [...held].filter((nth) => nth < words.length).length;
        const whole = typed.length && asTyped.get(item)?.held.size === typed.length;
        const mixed = words.some(({ term }) => !analysis.runs(term).length);
        if (count < enough && !(whole && (!mixed || count > 0))) continue;
        items.set(item, Math.max(score, items.get(item) || 0));
      }
      for (const holder of [...holders, ...typed]) {
        for (const [place, worth] of holder) spots.set(place, worth + (spots.get(place) || 0));
      }
    }
    return { items, spots };
  }

  const allOf = (count, asks) =>
    asks || count > weights.all_words_up_to
      ? Math.min(count, Math.max(weights.minimum_words, Math.floor(count * weights.minimum_share)))
      : count;
  const anyOf = () => 1;

  // A word that no text of any language holds as written is looked for by words like it.
  function holdingOrSimilar({ languages }) {
    const there = new Set();
    for (const { language, words } of languages) {
      for (const word of words) if (holding(language, word).size) there.add(word.plain);
    }
    const strange = new Set(languages.flatMap(({ words }) => words.map(({ plain }) => plain)).filter((plain) => !there.has(plain)));
    const find = (language, word) => (strange.has(word.plain) ? similar(language, word) : holding(language, word));
    return { find, strange };
  }

  // {hits: [{item, places}], how: "whole" | "some" | "similar"}; no text raises.
  function find(text) {
    const query = asked(text);
    const { find: alike, strange } = holdingOrSimilar(query);
    const ways = [["whole", holding, allOf]];
    if (strange.size) ways.push(["similar", alike, allOf]);
    ways.push(["some", alike, anyOf]);
    for (const [how, holder, needed] of ways) {
      const { items, spots } = answers(query, holder, needed);
      if (!items.size) continue;
      const best = [...items].sort(([one, worth], [other, more]) => more - worth || one - other);
      const hits = best.map(([item]) => ({
        item,
        places: [...spots]
          .filter(([place]) => places[place].item === item)
          .sort(([one, worth], [other, more]) => more - worth || one - other)
          .map(([place]) => places[place]),
      }));
      return { hits, how, query };
    }
    return { hits: [], how: "whole", query };
  }

  return { find, asked };
};

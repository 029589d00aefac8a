// Where a text holds what is asked, and the stretch of it that is best shown (search.analysis.marking).

globalThis.packMarking = (tables, analysis) => {
  "use strict";
  const SNIPPET = 220;
  const MARGIN = 40;

  const MOST_REMEMBERED = 400;
  const remembered = new Map();
  function clustersOf(text) {
    if (!remembered.has(text)) {
      if (remembered.size >= MOST_REMEMBERED) remembered.clear();
      remembered.set(text, analysis.clusterPlaces(text));
    }
    return remembered.get(text);
  }

  // Where a text holds a run of clusters as typed.
  function runSpans(text, run) {
    const clusters = clustersOf(text);
    const spans = [];
    for (let at = 0; at + run.length <= clusters.length; at += 1) {
      if (run.every((cluster, next) => clusters[at + next][0] === cluster)) {
        spans.push([clusters[at][1], clusters[at + run.length - 1][2], run.join("")]);
        at += run.length - 1;
      }
    }
    return spans;
  }

  // Spans of a text, [start, end, what], where it holds what is asked.
  function spans(text, language, query) {
    const terms = query.languages.find((each) => each.language === language)?.words || [];
    const sought = new Set(terms.flatMap(({ term, plain }) => [term, plain]));
    const begun = tables.latin.includes(language) ? terms.map(({ plain }) => plain).filter((plain) => plain.length > 2) : [];
    const asTyped = query.runs.map((run) => runSpans(text, run));
    // Parting a page of a script without spaces takes long: it is spared where all that is asked is found as typed.
    if (asTyped.length && asTyped.every((spans) => spans.length) && terms.every(({ term }) => analysis.runs(term).length))
      return joined(asTyped.flat().sort(([one], [other]) => one - other));
    const whole = [];
    const alike = [];
    for (const [start, end] of sought.size ? analysis.words(text) : []) {
      const forms = analysis.forms(text.slice(start, end), language);
      if (!forms) continue;
      if (sought.has(forms.term) || sought.has(forms.plain)) whole.push([start, end, forms.term]);
      else if (begun.some((plain) => forms.plain.startsWith(plain) || plain.startsWith(forms.term) && forms.term.length > 3))
        alike.push([start, end, forms.term]);
    }
    const found = [...(whole.length ? whole : alike), ...asTyped.flat()];
    return joined(found.sort(([one], [other]) => one - other));
  }

  function joined(found) {
    const all = [];
    for (const [start, end, what] of found) {
      const before = all[all.length - 1];
      if (before && start <= before[1]) before[1] = Math.max(before[1], end);
      else all.push([start, end, what]);
    }
    return all;
  }

  // The stretch of a text with the most different things found, its ends at words' ends and never within a letter.
  function stretch(text, spans) {
    if (text.length <= SNIPPET) return [0, text.length];
    let best = { worth: -1, start: 0 };
    spans.forEach(([start], first) => {
      const within = spans.slice(first).filter(([, end]) => end <= start + SNIPPET - MARGIN);
      const worth = 3 * new Set(within.map(([, , what]) => what)).size + within.length;
      if (worth > best.worth) best = { worth, start };
    });
    const from = Math.max(0, best.start - MARGIN);
    const until = Math.min(text.length, from + SNIPPET);
    const borders = (at) => at <= 0 || at >= text.length || /\s/.test(text[at - 1]);
    let start = from;
    while (start < best.start && !borders(start)) start += 1;
    let end = until;
    while (end > until - MARGIN && !borders(end)) end -= 1;
    if (!borders(end)) end = clusterEnd(text, until);
    return [start, end];
  }

  function clusterEnd(text, near) {
    const after = clustersOf(text).filter(([, , end]) => end <= near);
    return after.length ? after[after.length - 1][2] : near;
  }

  return { runSpans, spans, stretch };
};

// Text as the portal compares it (search.analysis), in a browser: repaired, folded, without diacritics. Patterns and
// tables come from the portal's own code, in search-data.js; here is only what is done with them.

globalThis.packFolding = (tables) => {
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

  const simple = new Map([...tables.traditional].map((letter, at) => [letter, tables.simplified[at]]));

  // Chinese in traditional characters as in simplified ones; places stay the same (search.analysis.traditional).
  const simplified = (text) => text.replace(/[\u3400-\u9fff]/g, (letter) => simple.get(letter) ?? letter);

  const foldWord = remembering((word) => {
    const lower = word.normalize("NFKC").toLowerCase().replace(/[^\0-\x7f]/gu, (letter) => tables.casefold[letter] ?? letter);
    const folded = lower.normalize("NFKC").replace(/[^\0-\x7f]/gu, (letter) => tables.same[letter] ?? letter);
    return replaced(compose(simplified(folded)), "nativeDigit", digit);
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

  return { pattern, readable, foldWord, simplified, withoutAccents, script };
};

// Words -> the place on the page where they stand, scrolled to and marked. The page is not changed:
// the mark is a highlight of the browser's.

const SIGN = /[\p{L}\p{N}]/u;
const FEWER = [24, 12, 8, 5, 3, 2, 1]; // words to look for, the most first

const sheet = new CSSStyleSheet();
sheet.replaceSync("::highlight(coldpress) { background: #ffd76a; color: #231107; }");

export function mark(tries) {
  const page = letters();
  for (const words of tries.map(split).filter((found) => found.length)) {
    for (const count of FEWER.filter((n) => n <= words.length || n === FEWER.at(-1))) {
      if (count < Math.min(words.length, 2)) break; // one word of many says nothing
      const range = find(page, words.slice(0, count).join(" "));
      if (range) return point(range);
    }
  }
  return false;
}

// Small letters and figures, one space between words: quotes, dashes and marks differ between a
// file and its page.
function split(text) {
  return normal(text).split(" ").filter(Boolean);
}

function normal(text) {
  return [...text.toLowerCase()].map((sign) => (SIGN.test(sign) ? sign : " ")).join("").replace(/ +/g, " ").trim();
}

function letters() {
  const walker = document.createTreeWalker(document.querySelector("main") || document.body, NodeFilter.SHOW_TEXT, {
    acceptNode: (node) =>
      node.parentElement.closest("script, style, sup, [popover], .vh") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
  });
  let text = "";
  const places = [];
  while (walker.nextNode()) {
    const node = walker.currentNode;
    for (let at = 0; at < node.data.length; at++) {
      const sign = node.data[at].toLowerCase();
      const space = !SIGN.test(sign);
      if (space && text.endsWith(" ")) continue;
      text += space ? " " : sign[0];
      places.push([node, at]);
    }
    if (!text.endsWith(" ") && block(node)) {
      text += " ";
      places.push([node, node.data.length]);
    }
  }
  return { text, places };
}

// Two blocks never make one word.
function block(node) {
  const next = node.nextSibling;
  return !next && getComputedStyle(node.parentElement).display !== "inline";
}

function find({ text, places }, words) {
  const padded = ` ${text} `;
  const at = padded.indexOf(` ${words} `);
  if (at < 0) return null;
  const range = document.createRange();
  range.setStart(...places[at]);
  const [node, end] = places[at + words.length - 1];
  range.setEnd(node, end + 1);
  return range;
}

function point(range) {
  const folded = range.startContainer.parentElement.closest("details:not([open])");
  if (folded) folded.open = true;
  if (!document.adoptedStyleSheets.includes(sheet)) document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  CSS.highlights?.set("coldpress", new Highlight(range));
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const at = range.getBoundingClientRect();
  scrollTo({ top: scrollY + at.top - innerHeight / 3, behavior: still ? "auto" : "smooth" });
  return true;
}

// The search page, and no other: results as you type. The page works without it.
// In: #found with data-index, the address of what coldpress/searching.py writes. A page there is
// {u: address, t: title, w: where it stands, d: description, r: "bars|split or against|words"}.
(() => {
  const form = document.querySelector("form.search");
  const field = form.q;
  const list = document.getElementById("found");
  const status = document.getElementById("count");
  const nothing = document.getElementById("nothing");
  const hit = document.getElementById("hit").content;
  const words = list.dataset;
  const MOST = 20;
  const FEW = 3;
  const BOOST = { title: 6, also: 8, heads: 3, about: 2 };

  // Case, accents and a plural s make no difference.
  const bare = (word) => word.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "");
  const fold = (word) => bare(word).replace(/^(.{3,}[^isu])s$/, "$1");
  const tokens = MiniSearch.getDefault("tokenize");
  const flat = (text) => tokens(text).filter(Boolean).map(fold).join(" ");

  // Pages whose synonyms are in the query, or begin with it, while it is being typed.
  const meant = ({ pages, also }, query) => {
    const typed = flat(query);
    const signs = { in: "", start: "" };
    for (const phrase in also) {
      const known = flat(phrase);
      if (` ${typed} `.includes(` ${known} `)) signs.in += also[phrase];
      else if (typed.length > 3 && known.startsWith(typed) && typed.includes(" ") === known.includes(" "))
        signs.start += also[phrase];
    }
    return [...new Set(signs.in + signs.start)].map((sign) => pages[sign]);
  };

  // query -> pages, the closest first. Exact words, then near ones, then some of the words.
  const small = (data) => {
    const { pages, also } = data;
    const skipped = new Set(data.skip.split(" "));
    const docs = {};
    for (const sign in pages) {
      const { t, l, h, d } = pages[sign];
      docs[sign] = { id: sign, title: `${t} ${l || ""}`, heads: h, about: d, also: "", body: "" };
    }
    for (const phrase in also) for (const sign of also[phrase]) docs[sign].also += ` ${phrase}`;
    for (const word in data.body) for (const sign of data.body[word]) docs[sign].body += ` ${word}`;
    const index = new MiniSearch({
      fields: ["title", "also", "heads", "about", "body"],
      processTerm: (word) => word.length > 1 && !skipped.has(bare(word)) && fold(word),
    });
    index.addAll(Object.values(docs));
    const fuzzy = (word) => word.length > 4 && 0.2;
    const every = { prefix: true, boost: BOOST, combineWith: "AND" };
    const some = { ...every, fuzzy, combineWith: "OR" };
    return (query) => {
      const found = new Set();
      const add = (options) => index.search(query, options).forEach(({ id }) => found.add(pages[id]));
      add(every);
      if (found.size < FEW) add({ ...every, fuzzy });
      if (!found.size) add(some);
      return [...found];
    };
  };

  // The same from Pagefind, which fetches only the parts of its index that a query needs.
  const large = async (data) => {
    const pagefind = await import(data.pagefind);
    return async (query) => {
      const { results } = await pagefind.search(query);
      const near = await Promise.all(results.slice(0, MOST).map((one) => one.data()));
      const rest = Array(Math.max(0, results.length - MOST)).fill({});
      return [...near.map(({ meta }) => meta), ...rest];
    };
  };

  let opened;
  const open = async () => {
    const answer = await fetch(words.index);
    const data = await answer.json();
    const search = await (data.pagefind ? large : small)(data);
    return async (query) => {
      const first = meant(data, query);
      const known = new Set(first.map(({ u }) => u));
      return [...first, ...(await search(query)).filter(({ u }) => !known.has(u))];
    };
  };

  const row = ({ u, t, w, d, r }) => {
    const made = hit.cloneNode(true);
    const [where, link, about, meter] = made.querySelectorAll(".where, a, p, .meter");
    where.textContent = w;
    link.href = u;
    link.textContent = t;
    about.textContent = d;
    if (!r) {
      meter.remove();
      return made;
    }
    const [bars, way, said] = r.split("|");
    meter.dataset.l = bars;
    if (way) meter.dataset.d = way;
    if (bars === "0") meter.firstChild.remove();
    meter.lastChild.textContent = said;
    return made;
  };

  const say = (text, query, count) => {
    status.textContent = text.replace("{query}", query).replace("{n}", count).replace("{most}", MOST);
  };

  let turn = 0;
  const show = async () => {
    const mine = ++turn;
    const query = field.value.trim();
    let hits = [];
    let text = "";
    if (query.length > 1) {
      try {
        hits = await (await (opened ||= open()))(query);
        text = [words.none, words.one][hits.length] || (hits.length > MOST ? words.most : words.many);
      } catch {
        opened = null;
        text = words.failed;
      }
    }
    // An older answer must not overtake a newer one.
    if (mine !== turn) return;
    list.replaceChildren(...hits.slice(0, MOST).map(row));
    nothing.hidden = !text || hits.length > 0;
    say(text, query, hits.length);
    history.replaceState(null, "", query ? `?q=${encodeURIComponent(query)}` : location.pathname);
  };

  let waiting;
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(show, 150);
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    clearTimeout(waiting);
    await show();
    list.querySelector("a")?.focus();
  });

  // Arrows walk through field and results; Escape leads back to the field, and there it clears.
  document.addEventListener("keydown", (event) => {
    const stops = [field, ...list.querySelectorAll("a")];
    const at = stops.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Escape: 0 }[event.key];
    if (at < 0 || !stops[to]) return;
    event.preventDefault();
    if (event.key === "Escape" && !at) {
      field.value = "";
      show();
    }
    stops[to].focus();
  });

  field.value = new URLSearchParams(location.search).get("q") || "";
  if (field.value) show();
})();

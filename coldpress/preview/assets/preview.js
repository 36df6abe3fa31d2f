// The preview's side of a page: hears from the workshop, draws what it is told, keeps the panel.
// Stands in no built site; nothing here is needed to read a page.
import { Panel } from "./panel.js";

const own = document.querySelector("script[data-coldpress]");
const tools = new URL(".", own.src);
let sha = own.dataset.coldpress;

async function text(name) {
  const answer = await fetch(new URL(name, tools));
  return answer.ok ? answer.text() : "";
}

// Both look the same whatever the page wears: a shadow keeps its styles out and ours in.
function room(sheets, markup, where) {
  const host = document.createElement("coldpress-preview");
  const shadow = host.attachShadow({ mode: "open" });
  shadow.adoptedStyleSheets = sheets;
  shadow.innerHTML = markup;
  document.body[where](host);
  return shadow;
}

const texts = await Promise.all(["tokens.css", "preview.css", "frame"].map(text));
const sheets = texts.slice(0, 2).map((css) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  return sheet;
});
const bar = room(sheets, "", "prepend");
const frame = room(sheets, texts[2], "append");
const part = (name) => frame.querySelector(`[data-part="${name}"]`);
const panel = new Panel(frame, part, (name) => text(name), sheets);
const state = { trouble: "", hidden: false };

function around({ bar: line, trouble, problems }) {
  if (bar.innerHTML !== line) bar.innerHTML = line;
  const was = state.trouble;
  state.trouble = trouble;
  if (trouble !== was) {
    part("trouble").innerHTML = trouble;
    const count = problems === 1 ? "One thing to mend" : `${problems} things to mend`;
    part("pill-words").textContent = count;
    speak(trouble ? `${count}. The page shows the last good state.` : "Mended. The page is up to date.");
    if (!trouble) state.hidden = false;
    if (Boolean(trouble) !== Boolean(was) || trouble) panel.stale();
  }
  show();
}

function show() {
  const open = Boolean(state.trouble) && !state.hidden;
  part("trouble").hidden = !open;
  part("pill").hidden = !state.trouble || open;
}

function speak(words) {
  part("spoken").textContent = words;
}

function hide(hidden) {
  state.hidden = hidden;
  show();
  if (hidden) part("pill").focus();
  else part("card").focus();
}

frame.addEventListener("click", (event) => {
  const act = event.target.closest("[data-do]");
  if (act && act.dataset.do === "hide") hide(true);
});
part("pill").addEventListener("click", () => hide(false));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented) return;
  if (state.trouble && !state.hidden) hide(true);
  else if (panel.open && frame.activeElement) panel.toggle(false);
});

// Only the words of the styles change: scroll, open questions and half-filled forms stay.
function restyle(styles) {
  const sheets = [...document.querySelectorAll("style")];
  if (sheets.length !== styles.length) return false;
  sheets.forEach((sheet, n) => {
    if (sheet.textContent !== styles[n]) sheet.textContent = styles[n];
  });
  return true;
}

const obey = {
  around,
  reload: () => location.reload(),
  styles(message) {
    if (!restyle(message.styles)) location.reload();
    sha = message.sha;
    panel.stale();
  },
  fresh: () => panel.stale(),
};

let pause = 250;

function connect() {
  const socket = new WebSocket(`ws://${location.host}${tools.pathname}live`);
  socket.onopen = () => {
    pause = 250;
    socket.send(JSON.stringify({ command: "page", path: location.pathname, sha }));
  };
  socket.onmessage = (event) => {
    const message = JSON.parse(event.data);
    if (message.command in obey) obey[message.command](message);
  };
  socket.onclose = () => {
    // The preview was ended, or begun anew: it is asked again, less and less often.
    setTimeout(connect, pause);
    pause = Math.min(pause * 2, 4000);
  };
}

connect();
panel.begin();

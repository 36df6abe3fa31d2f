// The editor's panel: asked for when it is opened, remembered in this browser.
import { mark } from "./place.js";

const KEPT = "coldpress";
const WIDE = 900; // px: from here on panel and page stand side by side

export class Panel {
  constructor(frame, part, text, sheets) {
    Object.assign(this, { frame, part, text, sheets });
    this.kept = kept();
    this.asked = 0;
    part("edge").addEventListener("click", () => this.toggle());
    part("panel").addEventListener("click", (event) => this.click(event));
    part("body").addEventListener("scroll", () => this.keep({ top: part("body").scrollTop }));
    part("body").addEventListener("toggle", (event) => this.fold(event.target), true);
    document.addEventListener("keydown", (event) => {
      if (event.altKey && event.shiftKey && event.code === "KeyP") {
        event.preventDefault();
        this.toggle();
      }
    });
  }

  get open() {
    return !this.part("panel").hidden;
  }

  begin() {
    if (this.kept.open) this.toggle(true, false);
  }

  toggle(open = !this.open, byHand = true) {
    this.part("panel").hidden = !open;
    this.part("edge").setAttribute("aria-expanded", open);
    if (open) this.fill();
    if (byHand) {
      this.keep({ open });
      this.part(open ? "panel" : "edge").focus({ preventScroll: true });
    }
  }

  stale() {
    if (this.open) this.fill();
  }

  async fill() {
    const turn = ++this.asked;
    const tab = this.kept.tab === "site" ? "site" : "panel";
    for (const button of this.part("panel").querySelectorAll("[data-tab]")) {
      button.setAttribute("aria-pressed", button.dataset.tab === tab);
    }
    const body = this.part("body");
    if (this.drawn !== tab) body.innerHTML = "<p>Looking …</p>"; // a large site takes a moment
    const page = encodeURIComponent(location.pathname);
    const markup = await this.text(tab === "site" ? "site" : `panel?page=${page}`);
    if (turn !== this.asked) return; // something newer was asked for meanwhile
    const top = tab === this.drawn || !this.drawn ? this.kept.top : 0;
    body.innerHTML = markup || "<p>There is no good build yet.</p>";
    this.drawn = tab;
    for (const one of body.querySelectorAll("details")) {
      one.open = this.kept.unfolded.includes(title(one)) || one.open;
    }
    body.scrollTop = top;
  }

  click(event) {
    const at = event.target.closest("[data-tab], [data-do], [data-words]");
    if (!at) return;
    if (at.dataset.tab) {
      this.keep({ tab: at.dataset.tab, top: 0 });
      this.fill();
    } else if (at.dataset.do === "close") {
      this.toggle(false);
    } else if (at.dataset.words) {
      this.show(at);
    }
  }

  show(button) {
    const found = mark(button.dataset.words.split("|"));
    const words = found ? "" : "These words are not seen on the page: open the file";
    this.part("spoken").textContent = found ? "Marked on the page" : words;
    button.classList.toggle("unseen", !found);
    if (found && innerWidth < WIDE) this.toggle(false);
  }

  fold(one) {
    const rest = this.kept.unfolded.filter((name) => name !== title(one));
    this.keep({ unfolded: one.open ? [...rest, title(one)] : rest });
  }

  keep(more) {
    Object.assign(this.kept, more);
    try {
      localStorage.setItem(KEPT, JSON.stringify(this.kept));
    } catch {
      // A browser may forbid it: then the panel forgets.
    }
  }
}

// Without its figure, which changes with the page.
function title(details) {
  return details.querySelector("summary").textContent.replace(/\s*\(.*/, "");
}

function kept() {
  const plain = { open: false, tab: "panel", top: 0, unfolded: [] };
  try {
    return { ...plain, ...JSON.parse(localStorage.getItem(KEPT) || "{}") };
  } catch {
    return plain;
  }
}

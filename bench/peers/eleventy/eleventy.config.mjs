import anchor from "markdown-it-anchor";
import footnote from "markdown-it-footnote";

export default function (config) {
  config.amendLibrary("md", (md) => md.use(footnote).use(anchor));
  config.addPassthroughCopy("content/style.css");
  config.addFilter("day", (date) => date.toISOString().slice(0, 10));
  config.addFilter("newest", (pages) => pages.slice(-20).reverse());
  return {
    dir: { input: "content", output: "output" },
    markdownTemplateEngine: false,
  };
}

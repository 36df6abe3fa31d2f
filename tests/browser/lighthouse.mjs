// Lighthouse over several pages in one Chrome. Arguments: chrome, "mobile" or "desktop", addresses.
// Prints one JSON object a line: address, scores, and the figures the budgets speak of.
import lighthouse, { desktopConfig } from "lighthouse";
import * as launcher from "chrome-launcher";

const [chromePath, form, ...addresses] = process.argv.slice(2);
const chrome = await launcher.launch({
  chromePath,
  chromeFlags: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic",
    "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
try {
  for (const address of addresses) {
    const options = { port: chrome.port, output: "json", logLevel: "error",
      onlyCategories: ["performance", "accessibility", "best-practices", "seo"] };
    const { lhr } = await lighthouse(address, options, form === "desktop" ? desktopConfig : undefined);
    const scores = Object.fromEntries(
      Object.values(lhr.categories).map((c) => [c.id, Math.round(c.score * 100)]));
    const failed = Object.values(lhr.audits)
      .filter((a) => a.score !== null && a.score < 0.9 && a.scoreDisplayMode !== "informative")
      .map((a) => `${a.id} ${a.displayValue ?? ""}`);
    console.log(JSON.stringify({
      address, scores, failed,
      lcp: lhr.audits["largest-contentful-paint"].numericValue,
      cls: lhr.audits["cumulative-layout-shift"].numericValue,
      element: lhr.audits["lcp-breakdown-insight"]?.details?.items?.at(-1)?.snippet
        ?? lhr.audits["largest-contentful-paint-element"]?.details?.items?.[0]?.items?.[0]?.node?.snippet ?? "",
      bytes: lhr.audits["total-byte-weight"].numericValue,
    }));
  }
} finally {
  await chrome.kill();
}

/* An open front follows the paper: what was corrected is set anew where it stands, what was
   taken back leaves at once, and new stories wait until the reader asks for them. Without this
   script the page is as it was made. */
"use strict";
(() => {
  const bar = document.querySelector("[data-live]");
  if (!bar || !window.EventSource) return;
  const button = bar.querySelector("button");
  let source = null;
  let fresh = null;
  let asking = false;
  let seen = "";

  /* A lead stands with its picture; all other stories by themselves. */
  const stories = (root) =>
    new Map([...root.querySelectorAll("article.entry")].map((one) => [one.querySelector("a").getAttribute("href"), one.closest(".lead") || one]));

  const isGone = async (href) => {
    const answer = await fetch(href, { method: "HEAD", cache: "no-store" });
    return answer.status >= 400 ? answer.status < 500 : (answer.headers.get("cache-control") || "").includes("no-store");
  };

  /* Another edition is set anew where it stands; another place may show less of it. */
  const renew = async (shown, next) => {
    const edition = (place) => (place.matches("article") ? place : place.querySelector("article")).dataset.edition;
    const image = shown.querySelector("figure img");
    if (edition(shown) !== edition(next)) {
      if (shown.className === next.className) {
        shown.replaceChildren(...document.importNode(next, true).childNodes);
        shown.dataset.edition = edition(next);
        return;
      }
      const link = "h2 a, h3 a";
      shown.querySelector(link).textContent = next.querySelector(link).textContent;
      shown.querySelectorAll("figure, .teaser").forEach((one) => one.remove());
    } else if (image && (await isGone(image.currentSrc || image.src))) {
      image.closest("figure").remove();
    }
  };

  const compare = async () => {
    const answer = await fetch(location.href, { cache: "no-cache" });
    if (!answer.ok) return;
    const text = await answer.text();
    if (text === seen) return;
    const made = new DOMParser().parseFromString(text, "text/html");
    const now = stories(made);
    const shown = stories(document);
    for (const [href, place] of shown) {
      const next = now.get(href);
      if (next) await renew(place, next);
      else if (await isGone(href)) place.remove();
    }
    fresh = made.querySelector("main");
    bar.hidden = [...now.keys()].every((href) => shown.has(href));
    seen = text;
  };

  const ask = async () => {
    if (asking) return;
    asking = true;
    try {
      await compare();
    } catch {
      /* the network is gone; the next signal tries again */
    } finally {
      asking = false;
    }
  };

  const listen = () => {
    if (source || document.hidden) return;
    source = new EventSource("/live");
    /* What changed before it listened was told to nobody. */
    source.addEventListener("open", ask);
    source.addEventListener("changed", () => setTimeout(ask, Math.random() * 2000));
  };

  const leave = () => {
    if (source) source.close();
    source = null;
  };

  button.addEventListener("click", () => {
    const main = document.querySelector("main");
    main.replaceChildren(...document.adoptNode(fresh).childNodes);
    bar.hidden = true;
    main.tabIndex = -1;
    main.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) leave();
    else listen();
  });
  /* The page comes first. */
  const begin = () => setTimeout(listen, 1000);
  if (document.readyState === "complete") begin();
  else window.addEventListener("load", begin);
})();

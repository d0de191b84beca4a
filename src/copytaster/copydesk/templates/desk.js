/* The desk's script. Every page works without it: it only spares reloading. */
"use strict";
(() => {
  const all = (selector, root) => [...(root || document).querySelectorAll(selector)];
  const one = (selector, root) => (root || document).querySelector(selector);
  const reading = one("[data-reading]");
  const wide = () => reading && getComputedStyle(reading).display !== "none";
  const parsed = (html) => new DOMParser().parseFromString(html, "text/html");

  /* --- the reading pane --------------------------------------------------------------------- */

  let shown = "";
  let turn = 0;

  const say = (words) => {
    let told = one(".told");
    if (!told) {
      told = document.createElement("p");
      told.className = "told";
      told.setAttribute("role", "status");
      one("main").before(told);
    }
    told.textContent = words;
  };

  const put = (page, href) => {
    const pane = one(".pane", page);
    if (!pane) return false;
    reading.replaceChildren(document.adoptNode(pane));
    shown = href;
    const told = one(".told", page);
    if (told) say(told.textContent);
    all(".row.chosen").forEach((row) => row.classList.remove("chosen"));
    const row = one(`.row[data-story="${pane.dataset.story}"]`);
    if (row) row.classList.add("chosen");
    follow();
    return true;
  };

  const open = async (href) => {
    const mine = ++turn;
    try {
      const answer = await fetch(href, { headers: { accept: "text/html" } });
      const page = parsed(await answer.text());
      if (mine === turn && (answer.redirected || !put(page, href))) location.href = href;
    } catch {
      say("The desk cannot be reached just now. Nothing was changed.");
    }
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-pane]");
    if (!link || !wide() || event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
    event.preventDefault();
    open(link.href);
  });

  /* A decision made in the pane: what was typed stays where it is until the desk has taken it. */
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!reading || !reading.contains(form)) return;
    event.preventDefault();
    const button = one("button[type=submit]", form);
    if (button.disabled) return;
    button.disabled = true;
    try {
      const body = new URLSearchParams(new FormData(form));
      const answer = await fetch(form.action, { method: "POST", body });
      const page = parsed(await answer.text());
      if (new URL(answer.url).pathname === "/desk/sign-in") {
        say("You are signed out. Sign in in another tab, then try again: nothing you typed is lost.");
      } else if (!put(page, shown)) {
        const why = one(".said p", page);
        say(why ? why.textContent : "The desk did not take it. Nothing was done.");
      }
    } catch {
      say("The desk cannot be reached just now. Nothing was done; what you typed is still here.");
    }
    button.disabled = false;
  });

  /* --- a withdrawal, watched until it is clean ----------------------------------------------- */

  const seconds = (since) => Math.max(0, (Date.now() - Date.parse(since)) / 1000).toFixed(0);
  let ticking = 0;

  const tick = async () => {
    ticking = 0;
    all("[data-clock]").forEach((at) => (at.textContent = `${seconds(at.dataset.clock)} s`));
    const section = one("[data-refresh]");
    if (!section) return;
    const href = shown || location.href.split("?")[0];
    try {
      const page = parsed(await (await fetch(href)).text());
      const fresh = one(".clean", page);
      if (fresh && section.isConnected) section.replaceWith(document.adoptNode(fresh));
    } catch { /* looked at again in a second */ }
    follow();
  };

  const follow = () => {
    if (!ticking && one("[data-clock], [data-refresh]")) ticking = setTimeout(tick, 1000);
  };

  /* --- the wire, live ------------------------------------------------------------------------ */

  const live = one("[data-live]");
  const list = one("[data-rows]");
  const title = document.title;

  if (live && list && window.EventSource) {
    const unseen = one("[data-unseen]", live);
    const pause = one("[data-pause]", live);
    const waiting = new Map();
    let paused = false;
    live.hidden = false;

    const count = () => {
      unseen.hidden = !waiting.size;
      unseen.textContent = waiting.size === 1 ? "1 new" : `${waiting.size} new`;
      document.title = waiting.size ? `(${waiting.size}) ${title}` : title;
    };
    const made = (html, known) => {
      const row = document.adoptNode(one("li", parsed(`<ol>${html}</ol>`)));
      row.classList.add("fresh");
      if (known && known.classList.contains("chosen")) row.classList.add("chosen");
      return row;
    };
    const known = (story) => one(`.row[data-story="${story}"]`, list);
    const insert = () => {
      const empty = one("[data-empty]");
      if (empty) empty.remove();
      for (const [story, html] of waiting) {
        const row = known(story);
        list.prepend(made(html, row));
        if (row) row.remove();
      }
      waiting.clear();
      count();
    };
    const source = new EventSource(`/desk/live?after=${live.dataset.live}`);
    source.addEventListener("row", (event) => {
      const { story, html } = JSON.parse(event.data);
      waiting.delete(story);
      if (!html) {
        /* It answers the list's query no more. */
        if (known(story)) known(story).remove();
        count();
      } else if (!paused && !document.hidden && window.scrollY < 40) {
        waiting.set(story, html);
        insert();
      } else if (known(story)) {
        known(story).replaceWith(made(html, known(story)));
      } else {
        waiting.set(story, html);
        count();
      }
    });
    unseen.addEventListener("click", () => {
      insert();
      window.scrollTo(0, 0);
    });
    pause.addEventListener("click", () => {
      paused = !paused;
      pause.setAttribute("aria-pressed", paused);
      pause.textContent = paused ? "Go on" : "Pause";
      if (!paused) insert();
    });
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden && !paused && window.scrollY < 40) insert();
    });
  }

  /* --- the keyboard -------------------------------------------------------------------------- */

  const links = () => all(".row .headline a");

  const step = (by) => {
    const found = links();
    if (!found.length) return;
    const at = found.indexOf(document.activeElement);
    const next = found[Math.min(found.length - 1, Math.max(0, at < 0 ? 0 : at + by))];
    next.focus();
    if (wide()) open(next.href);
  };
  const decide = (kind) => {
    const form = one(`[data-decide="${kind}"]`);
    if (!form) return;
    form.open = true;
    one("[name=why]", form).focus();
  };
  const keys = {
    j: () => step(1),
    k: () => step(-1),
    x: () => decide("kill"),
    h: () => decide("hold"),
    r: () => {
      const why = one("#why-release");
      if (why) why.focus();
    },
    "/": () => {
      const search = one("[name=q]");
      if (search) search.focus();
      else location.href = "/desk/search";
    },
    w: () => (location.href = "/desk"),
    q: () => (location.href = "/desk/queue"),
  };

  document.addEventListener("keydown", (event) => {
    if (event.metaKey || event.ctrlKey || event.altKey) return;
    if (event.key === "Escape" && document.activeElement) document.activeElement.blur();
    if (event.target.closest("input, textarea, select")) return;
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });

  follow();
})();

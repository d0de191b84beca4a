/* A reader's own check of a story: the four of docs/reference/log.md ("What is checked"), as
   `copytaster verify` makes them. Nothing that is fetched becomes markup here, and nothing counts
   as passed that was not looked at. */
"use strict";
(() => {
  const { MOST, Said, no, unseen, torn } = ledger;
  const form = document.querySelector("[data-verify]");
  const found = document.querySelector("[data-found]");
  const kept = document.querySelector("[data-kept]");
  const words = JSON.parse(document.querySelector("[data-words]").textContent);
  const PATIENCE = 20000;
  const KEPT = "copytaster-log";
  const STORY = /^(?:\/s\/)?([0-9a-hjkmnp-tv-z]{16})(?:\/v([1-9][0-9]{0,5}))?(?:\/changes|\.txt|\.json|\.tlog-proof)?\/?$/;

  const must = (one) => {
    if (one instanceof Said) throw one;
    return one;
  };
  const tried = async (promise) => {
    try {
      return await promise;
    } catch (error) {
      if (error instanceof Said) return error;
      throw error;
    }
  };

  /* The words of a page, as text.read_back has them. */
  const wordsOf = (one) => {
    if (one.nodeType === Node.TEXT_NODE) return one.data;
    if (one.nodeType !== Node.ELEMENT_NODE) return "";
    const inside = one instanceof HTMLTemplateElement ? one.content : one;
    return Array.from(inside.childNodes, wordsOf).join("");
  };
  const isWord = (one) => one.nodeType === Node.TEXT_NODE && /[^ \t\n\f\r]/.test(one.data);
  const readBack = (html) => {
    const bodies = new DOMParser().parseFromString(html, "text/html").querySelectorAll("[data-copy=body]");
    if (!bodies.length) return null;
    const [{ childNodes, children }] = bodies;
    if (bodies.length > 1 || !children.length || [...childNodes].some(isWord)) throw no(["unmarked"]);
    return `${Array.from(children, wordsOf).join("\n\n")}\n`;
  };
  const asText = (data) => {
    try {
      return ledger.decode(data);
    } catch {
      throw no(["unmarked"]);
    }
  };
  const point = (sign) => {
    if (sign === undefined) return words.says.end;
    const code = `U+${sign.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
    return /[\p{L}\p{N}\p{P}\p{S}]/u.test(sign) ? `${code} ${sign}` : code;
  };
  const difference = (page, { address, text }) => {
    const [ours, theirs] = [[...page], [...text]];
    let at = 0;
    while (at < ours.length && ours[at] === theirs[at]) at += 1;
    return ["differs", { address, at: BigInt(at + 1), page: point(ours[at]), text: point(theirs[at]) }];
  };

  /* The four lines, each as ledger.checking has it. `given`: what was fetched or chosen, or why it
     was not; `forms`: what page, plain text and JSON answered. */
  const ENDS = { held: [200], killed: [410, 451], expired: [410], erased: [410, 451] };
  const proved = (proof) => {
    if (proof instanceof Said && proof.message === "no_proof") throw no(...proof.sentences);
    return must(proof);
  };
  const told = ({ edition, kind, time }) => {
    return { edition, event: words.events[kind], time: time.replace("T", " ").replace("Z", " UTC") };
  };
  const isOpened = async ({ story, edition, proof, page, forms = [] }) => {
    const { event, salt } = proved(proof);
    if (story && event.story !== story) throw no(["story", { story: event.story, asked: story }]);
    if (edition && ![edition, "all", "-"].includes(event.edition)) throw no(["edition", { edition: event.edition, asked: edition }]);
    const { text, address } = must(page);
    const isEnd = event.text === "-";
    if (isEnd && salt) throw no(["salt"]);
    if (isEnd && text !== null) throw no(["still", { address, ...told(event) }]);
    if (!isEnd && text === null) throw story ? no(["unlogged"]) : unseen(["no_text"]);
    const unseenForms = forms.filter((one) => !one.status).map((one) => ["unreachable", one]);
    if (isEnd) return [...hasEnded(event, forms), ...unseenForms];
    if (!salt) throw torn("proof");
    const isOther = (one) => one.status === 200 && one.text !== null && one.text !== text;
    const differs = forms.filter(isOther).map((one) => difference(text, one));
    if ((await ledger.commit(salt, text)) !== event.text) throw no(["other", told(event)], ...differs.slice(0, 1));
    if (differs.length) throw no(...differs);
    asAllowed(forms, [200], event);
    return [["same", told(event)], ...unseenForms];
  };
  const hasEnded = (event, forms) => {
    asAllowed(forms, ENDS[event.kind] ?? [200], event);
    /* Of a hold the other forms are notices as well, which nobody may store. */
    const served = forms.find((one) => one.status === 200 && !one.isNotice);
    if (served) throw no(["still", { address: served.address, ...told(event) }]);
    return [["ended", told(event)]];
  };
  const asAllowed = (forms, allowed, event) => {
    const other = forms.find((one) => one.status && !allowed.includes(one.status));
    if (other) throw no(["answers", { address: other.address, status: String(other.status), ...told(event) }]);
  };

  const isIncluded = async ({ proof }) => {
    const { index, hashes, checkpoint, leaf, event } = proved(proof);
    if (event.prev !== "-" && BigInt(event.prev) >= index) throw no(["order"]);
    const root = await ledger.rootOver(await ledger.leafHash(leaf), index, checkpoint.size, hashes);
    if (!root || !ledger.isSame(root, checkpoint.root)) throw no(["not_included"]);
    return [["included", { index, size: checkpoint.size, origin: checkpoint.origin }]];
  };

  const isSigned = async ({ proof, key }) => {
    const { checkpoint } = must(proof);
    const said = await tried(ledger.signedBy(checkpoint, must(key)));
    if (said instanceof Said) throw new Said(said.passed, ...said.sentences, [key.whose]);
    return [["signed", { origin: checkpoint.origin }], [key.whose]];
  };

  const hasGrown = async ({ proof, key, olders, isOnline }) => {
    const ofProof = await ledger.signedBy(must(proof).checkpoint, must(key));
    if (!isOnline && !olders.length) throw unseen(["no_older"]);
    const newest = isOnline ? await current(key) : ofProof;
    const trace = isOnline ? ledger.tracing(newest.size, (path) => get(`/log/${path}`, MOST.tile)) : null;
    await ledger.begins(ofProof, newest, trace);
    let least = ofProof.size;
    for (const one of olders) {
      const older = must(one);
      if (older.origin !== newest.origin) throw no(["other_log", { older: older.origin, origin: newest.origin }]);
      await ledger.signedBy(older, key, "older_unsigned");
      const isLater = !isOnline && older.size > newest.size;
      await ledger.begins(...(isLater ? [newest, older] : [older, newest]), trace);
      least = older.size < least ? older.size : least;
    }
    if (isOnline) keep(newest, key);
    const how = olders.length ? (least < newest.size ? "grown" : "same_size") : "grown_first";
    return [[how, { older: least, size: newest.size }]];
  };
  const current = async (key) => {
    const address = "/log/checkpoint";
    const answer = await get(address, MOST.checkpoint);
    if (answer.status !== 200) throw unseen(["unreachable", { address }]);
    return ledger.signedBy(ledger.readCheckpoint(answer.data, "checkpoint"), key);
  };

  const LINES = { text: isOpened, included: isIncluded, signed: isSigned, grown: hasGrown };
  const checked = async (given) => {
    const lines = [];
    for (const [name, look] of Object.entries(LINES)) {
      const said = await tried(look(given));
      const passed = said instanceof Said ? said.passed : true;
      lines.push({ name, passed, sentences: said.sentences ?? said });
    }
    return lines;
  };

  /* From this site: what it answers now, nothing that this browser has kept. */
  const get = async (address, most) => {
    try {
      const signal = AbortSignal.timeout(PATIENCE);
      const answer = await fetch(address, { cache: "no-store", credentials: "omit", redirect: "error", signal });
      const isNotice = (answer.headers.get("cache-control") ?? "").includes("no-store");
      const data = await bounded(answer.body?.getReader(), most, address);
      return { address, status: answer.status, isNotice, data };
    } catch (error) {
      throw error instanceof Said ? error : unseen(["unreachable", { address }]);
    }
  };
  const bounded = async (reader, most, address) => {
    const parts = [];
    let left = most;
    for (let part = await reader?.read(); part && !part.done; part = await reader.read()) {
      parts.push(part.value);
      left -= part.value.length;
      if (left < 0) {
        await reader.cancel();
        throw unseen(["large", { address }]);
      }
    }
    return ledger.joined(parts);
  };
  const fetchPage = async (address) => {
    const answer = await get(address, MOST.page);
    if (answer.status >= 500) throw unseen(["unreachable", { address }]);
    return { ...answer, text: readBack(asText(answer.data)) };
  };
  /* Another form of the same; what cannot be fetched has no status. */
  const fetchForm = async (address, read) => {
    const answer = await tried(get(address, MOST.text));
    if (answer instanceof Said || answer.status >= 500) return { address };
    return { ...answer, text: answer.status === 200 ? read(answer.data) : null };
  };
  const inJson = (data) => {
    try {
      return JSON.parse(ledger.decode(data)).bodies.find((one) => one.role === "main").value;
    } catch {
      return null;
    }
  };
  const fetchProof = async (address) => {
    /* An entry is signed two seconds after it was made. */
    for (let turn = 0; turn < 4; turn += 1) {
      const answer = await get(address, MOST.proof);
      if (ledger.isProof(answer.data)) return ledger.readProof(answer.data);
      if (answer.status !== 503) throw unseen([answer.status < 500 ? "no_proof" : "unreachable", { address }]);
      await new Promise((done) => setTimeout(done, 1500));
    }
    throw unseen(["not_yet"]);
  };
  let siteKey = null;
  const fetchKey = async () => {
    const answer = await get("/log/vkey", MOST.key);
    siteKey = answer.status === 200 ? asText(answer.data).trim() : null;
  };
  const toUrl = (typed) => {
    const isId = STORY.test(typed) && !typed.startsWith("/");
    const isBare = typed.startsWith(`${location.host}/`);
    try {
      return new URL(isId ? `/s/${typed}` : isBare ? `//${typed}` : typed, location.origin);
    } catch {
      return location;
    }
  };
  const fromSite = async () => {
    const url = toUrl(form.elements.address.value.trim());
    const isOurs = [location.origin, form.dataset.verify].includes(url.origin);
    const [, story, edition] = (isOurs && url.pathname.match(STORY)) || [];
    if (!story) throw no(["address"]);
    const at = `/s/${story}${edition ? `/v${edition}` : ""}`;
    document.querySelector("[data-command]").textContent = `copytaster verify ${form.dataset.verify}${at}`;
    const page = await tried(fetchPage(at));
    const others = [await fetchForm(`${at}.txt`, asText), await fetchForm(`${at}.json`, inJson)];
    const proof = await tried(fetchProof(`${at}.tlog-proof`));
    if (page.status === 404 && proof instanceof Said) throw no(["nowhere"]);
    await tried(fetchKey());
    const key = await tried(keyBy(null));
    const forms = page.status ? [page, ...others] : others;
    return { story, edition, page, forms, proof, key, olders: await olderOnes(null), isOnline: true };
  };

  /* From files: nothing is fetched. */
  const readFile = async (file, kind) => {
    if (file.size > MOST[kind]) throw unseen(["large", { address: file.name }]);
    try {
      return new Uint8Array(await file.arrayBuffer());
    } catch {
      throw unseen(["unreachable", { address: file.name }]);
    }
  };
  const readWords = async (file) => {
    const text = asText(await readFile(file, "text"));
    return { address: file.name, text: /^\s*<!doctype html/i.test(text) ? readBack(text) : text };
  };
  const fromFiles = async () => {
    const { proof, text } = form.elements;
    if (!proof.files[0]) throw no(["no_file"]);
    const read = await tried(readFile(proof.files[0], "proof").then(ledger.readProof));
    const page = text.files[0] ? await tried(readWords(text.files[0])) : { text: null };
    const origin = read.checkpoint?.origin;
    return { page, proof: read, key: await tried(keyBy(origin)), olders: await olderOnes(origin) };
  };

  /* The key that the reader gave, else the one that was remembered with this log, else the site's:
     whoever names another key now must say why. `origin`: of the log, where none is asked. */
  const keyBy = async (origin) => {
    const given = form.elements.key.value.trim();
    const last = remembered();
    const old = last && (origin === null || last.origin === origin) ? last.vkey : null;
    const text = given || old || siteKey;
    if (!text) throw unseen(["no_key"]);
    const isSame = !siteKey || siteKey === old;
    const whose = given ? "key_given" : !old ? "key_site" : isSame ? "key_kept" : "key_changed";
    return { ...(await ledger.readKey(text)), whose };
  };
  const remembered = () => {
    try {
      const { vkey, checkpoint } = JSON.parse(localStorage.getItem(KEPT));
      return { vkey: String(vkey), ...ledger.readCheckpoint(ledger.encode(checkpoint), "older") };
    } catch {
      return null;
    }
  };
  const keep = (checkpoint, key) => {
    try {
      localStorage.setItem(KEPT, JSON.stringify({ vkey: key.vkey, checkpoint: ledger.decode(checkpoint.data) }));
    } catch {
      /* this browser keeps nothing; its reader may keep files */
    }
    showKept();
  };
  const readOlder = async (file) => ledger.readCheckpoint(await readFile(file, "checkpoint"), "older");
  const olderOnes = async (origin) => {
    const chosen = [...form.elements.older.files].slice(0, 1);
    const last = remembered();
    const read = await Promise.all(chosen.map((file) => tried(readOlder(file))));
    return last && (origin === null || last.origin === origin) ? [...read, last] : read;
  };

  /* Telling. */
  const numbers = new Intl.NumberFormat(`${document.documentElement.lang}-u-nu-latn`);
  const made = (name, text = "") => Object.assign(document.createElement(name), { textContent: text });
  const shown = (name, value) => {
    if (name === "file") return words.parts[value];
    return typeof value === "bigint" ? numbers.format(value) : value;
  };
  const say = (place, [sentence, values]) => {
    const parts = words.says[sentence].split(/\{(\w+)\}/);
    const filled = (part) => {
      const one = made(part === "time" ? "time" : "bdi", shown(part, values[part]));
      if (part === "time") one.dir = "ltr";
      return one;
    };
    place.append(...parts.map((part, at) => (at % 2 ? filled(part) : part)), " ");
  };
  const row = ({ name, passed, sentences }) => {
    const verdict = passed ? "yes" : passed === null ? "unseen" : "no";
    const [place, fact] = [made("div"), made("dd")];
    place.dataset.verdict = verdict;
    fact.append(made("strong", words.verdicts[verdict]), " ");
    sentences.forEach((sentence) => say(fact, sentence));
    place.append(made("dt", words.names[name]), fact);
    return place;
  };
  const show = (lines) => {
    const passed = lines.map((line) => line.passed);
    const sum = passed.includes(false) ? "no" : !passed.includes(true) ? "none" : passed.includes(null) ? "unseen" : "yes";
    const list = made("dl");
    list.append(...lines.map(row));
    const summary = made("p", words.sums[sum]);
    summary.className = "sentence";
    found.replaceChildren(made("h2", words.found), summary, list);
  };
  const refuse = ({ sentences }) => {
    const fault = made("p");
    fault.className = "fault";
    sentences.forEach((sentence) => say(fault, sentence));
    found.replaceChildren(fault);
  };
  const showKept = () => {
    const last = remembered();
    kept.hidden = !last;
    if (last) kept.firstElementChild.textContent = words.remembered.replace("{size}", numbers.format(last.size));
  };

  let turn = 0;
  const run = async (give) => {
    turn += 1;
    const own = turn;
    found.replaceChildren(made("p", words.checking));
    try {
      if (!crypto.subtle) throw unseen(["insecure"]);
      let lines = await checked(await give());
      /* The story may have changed between two answers: only what is seen twice is a fault. */
      if (lines[0].passed === false) lines = await checked(await give());
      if (own === turn) show(lines);
    } catch (error) {
      if (!(error instanceof Said)) throw error;
      if (own === turn) refuse(error);
    }
  };

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    await run(event.submitter?.value === "files" ? fromFiles : fromSite);
    found.scrollIntoView({ block: "nearest" });
  });
  kept.querySelector("button").addEventListener("click", () => {
    localStorage.removeItem(KEPT);
    showKept();
  });
  document.addEventListener("dragover", (event) => event.preventDefault());
  document.addEventListener("drop", async (event) => {
    event.preventDefault();
    for (const file of [...event.dataTransfer.files].slice(0, 3)) {
      const begin = new Uint8Array(await file.slice(0, 4096).arrayBuffer());
      const isCheckpoint = /^[^\n]+\n[0-9]+\n[0-9A-Za-z+/]{43}=\n/.test(ledger.latin(begin));
      const one = new DataTransfer();
      one.items.add(file);
      form.elements[ledger.isProof(begin) ? "proof" : isCheckpoint ? "older" : "text"].files = one.files;
    }
    if (form.elements.proof.files[0]) run(fromFiles);
  });

  document.querySelector("[data-without]").hidden = true;
  form.hidden = false;
  showKept();
  /* Held for files, which are checked without a network. */
  tried(fetchKey());
  const asked = new URLSearchParams(location.search).get("story") ?? location.hash.slice(1);
  if (STORY.test(asked)) {
    form.elements.address.value = `${form.dataset.verify}/s/${asked.replace("/s/", "")}`;
    run(fromSite);
  }
})();

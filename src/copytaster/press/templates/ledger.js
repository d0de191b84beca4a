/* The public log, read in a browser: bytes and arithmetic, the same as copytaster.ledger, for the
   script of /verify. Readers refuse every spelling but the one that the writers make. */
"use strict";
const ledger = (() => {
  const MOST = { page: 4194304, text: 4194304, proof: 327680, checkpoint: 262144, key: 4096, tile: 8192 };
  const HEADER = "c2sp.org/tlog-proof@v1\n";
  const WIDTH = 256n;
  const LAST = 2n ** 63n - 1n;

  /* Why something has not passed: false where it is false, null where it could not be looked at.
     A sentence is the name of one in the page's words, with what fills it in. */
  class Said extends Error {
    constructor(passed, ...sentences) {
      super(sentences[0][0]);
      this.passed = passed;
      this.sentences = sentences;
    }
  }
  const no = (...sentences) => new Said(false, ...sentences);
  const unseen = (...sentences) => new Said(null, ...sentences);
  const torn = (file) => no(["malformed", { file }]);

  /* Bytes. */
  const encode = (text) => new TextEncoder().encode(text);
  const decode = (data) => new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(data);
  const latin = (data) => Array.from(data, (byte) => String.fromCharCode(byte)).join("");
  const hex = (data) => Array.from(data, (byte) => byte.toString(16).padStart(2, "0")).join("");
  const unhex = (text) => Uint8Array.from(text.match(/../g), (pair) => parseInt(pair, 16));
  const isSame = (one, other) => hex(one) === hex(other);
  const joined = (parts) => {
    const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
    let at = 0;
    for (const part of parts) {
      whole.set(part, at);
      at += part.length;
    }
    return whole;
  };
  const sha256 = async (...parts) => new Uint8Array(await crypto.subtle.digest("SHA-256", joined(parts)));

  const based = (text, file) => {
    try {
      const raw = atob(text);
      if (btoa(raw) === text) return Uint8Array.from(raw, (sign) => sign.charCodeAt(0));
    } catch {
      /* refused below */
    }
    throw torn(file);
  };
  const number = (text, file) => {
    const value = /^(0|[1-9][0-9]{0,18})$/.test(text) ? BigInt(text) : LAST + 1n;
    if (value > LAST) throw torn(file);
    return value;
  };
  const lined = (data, most, file) => {
    let text = "\0";
    try {
      if (data.length <= most) text = decode(data);
    } catch {
      /* no UTF-8: refused below */
    }
    if (/[\0-\x09\x0b-\x1f]/.test(text)) throw torn(file);
    return text;
  };

  /* Signed notes and their keys (C2SP signed-note v1.0.0); checkpoints (tlog-checkpoint v1.0.0). */
  const readCheckpoint = (data, file) => {
    const whole = lined(data, MOST.checkpoint, file);
    const blank = whole.lastIndexOf("\n\n");
    if (blank < 0 || !whole.endsWith("\n")) throw torn(file);
    const text = whole.slice(0, blank + 1);
    const signatures = whole.slice(blank + 2, -1).split("\n").map((line) => {
      const [, name, value] = line.match(/^— ([^\s+]+) (\S+)$/) ?? [];
      const signed = name ? based(value, file) : [];
      if (signed.length <= 4) throw torn(file);
      return { name, id: hex(signed.slice(0, 4)), signature: signed.slice(4) };
    });
    const [origin, size, root, ...more] = text.split("\n");
    const isWhole = more.pop() === "" && [origin, size, root, ...more].every(Boolean);
    if (signatures.length > 100 || !isWhole) throw torn(file);
    const hashed = based(root, file);
    if (hashed.length !== 32) throw torn(file);
    return { data, text, signatures, origin, size: number(size, file), root: hashed };
  };

  const readKey = async (said) => {
    const vkey = said.trim();
    const [, name, id, value] = vkey.match(/^([^\s+]+)\+([0-9a-fA-F]{8})\+(\S+)$/) ?? [];
    const key = name && vkey.length < MOST.key ? based(value, "key") : [];
    if (key.length !== 33 || key[0] !== 1) throw torn("key");
    const own = hex(await sha256(encode(`${name}\n`), key)).slice(0, 8);
    if (own !== id.toLowerCase()) throw torn("key");
    return { vkey, name, id: own, public: key.slice(1) };
  };

  /* The checkpoint, if the key has signed it; one false line of the key spoils it. */
  const signedBy = async (checkpoint, key, otherwise = "unsigned") => {
    let usable;
    try {
      usable = await crypto.subtle.importKey("raw", key.public, "Ed25519", false, ["verify"]);
    } catch {
      throw unseen(["no_ed25519"]);
    }
    const message = encode(checkpoint.text);
    const own = checkpoint.signatures.filter((one) => one.name === key.name && one.id === key.id);
    const each = await Promise.all(own.map((one) => crypto.subtle.verify("Ed25519", usable, one.signature, message)));
    const isOwn = checkpoint.origin === key.name && each.length > 0 && each.every(Boolean);
    if (!isOwn) throw no([otherwise, { origin: checkpoint.origin }]);
    return checkpoint;
  };

  /* Leaves (docs/reference/log.md, "Leaf"): one spelling for each meaning. */
  const HASH = "[0-9a-f]{64}";
  const EDITION = "[1-9][0-9]{0,8}";
  const NUMBER = "(?:0|[1-9][0-9]{0,18})";
  const shows = (prev, reason) => [EDITION, prev, HASH, HASH, HASH, HASH, reason];
  const ends = (edition, raw, reason) => [edition, NUMBER, "-", raw, "-", "-", reason];
  const EVENTS = {
    published: shows("-", "-"),
    updated: shows(NUMBER, "correction|update|refile"),
    held: ends("-", "-", "agency|desk|rights"),
    released: ends("-", "-", "-"),
    killed: ends(`${EDITION}|all`, `${HASH}|-`, "agency|legal|desk"),
    expired: ends(`${EDITION}|all`, `${HASH}|-`, "licence"),
    erased: ends(`${EDITION}|all`, "-", "request|court|retention"),
  };
  const TIME = "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z";
  const FIELDS = ["feed", "story", "edition", "prev", "time", "transform", "raw", "text", "meta", "reason"];
  const readLeaf = (text) => {
    const kind = text.match(/^copytaster\/event\/v1\nevent ([a-z]+)\n/)?.[1] ?? "";
    if (!Object.hasOwn(EVENTS, kind)) throw torn("proof");
    const [edition, prev, ...rest] = EVENTS[kind];
    const said = ["f(?:0[1-9]|[1-9][0-9]{1,8})", "[0-9a-hjkmnp-tv-z]{16}", edition, prev, TIME, ...rest];
    const lines = FIELDS.map((field, at) => `${field} (?<${field}>${said[at]})\n`).join("");
    const event = text.match(new RegExp(`^copytaster/event/v1\nevent ${kind}\n${lines}$`))?.groups;
    const at = new Date(event?.time);
    if (isNaN(at) || at.toISOString() !== event.time.replace("Z", ".000Z")) throw torn("proof");
    return { ...event, kind };
  };

  /* Proof files (C2SP tlog-proof@v1), with the leaf and the salt of its text. */
  const isProof = (data) => latin(data.slice(0, HEADER.length)) === HEADER;
  const readProof = (data) => {
    const blank = latin(data.slice(0, 65538)).indexOf("\n\n");
    if (data.length > MOST.proof || !isProof(data) || blank < 0) throw torn("proof");
    const [, extra, index, ...lines] = lined(data.slice(0, blank), 65536, "proof").split("\n");
    if (!extra?.startsWith("extra ") || !index?.startsWith("index ")) throw torn("proof");
    const carried = latin(based(extra.slice(6), "proof"));
    const [salted, salt] = carried.match(/salt text ([0-9a-f]{64})\n$/) ?? ["", null];
    const leaf = carried.slice(0, carried.length - salted.length);
    const hashes = lines.map((line) => based(line, "proof"));
    if (hashes.length > 63 || hashes.some((hash) => hash.length !== 32)) throw torn("proof");
    return {
      index: number(index.slice(6), "proof"),
      hashes,
      checkpoint: readCheckpoint(data.slice(blank + 2), "proof"),
      leaf: encode(leaf),
      event: readLeaf(leaf),
      salt: salt && unhex(salt),
    };
  };
  const commit = async (salt, text) => hex(await sha256(encode("copytaster/commit/v1 text\n"), salt, encode(text)));

  /* The tree (RFC 6962 section 2.1) over tiles (C2SP tlog-tiles v0.1.0). */
  const leafHash = (entry) => sha256([0], entry);
  const node = (left, right) => sha256([1], left, right);
  const split = (count) => 1n << BigInt((count - 1n).toString(2).length - 1);

  /* Where an inclusion proof leads; nothing where it has a hash too many or too few. */
  const rootOver = async (hash, index, size, hashes) => {
    if (index >= size) return null;
    if (size === 1n) return hashes.length ? null : hash;
    const half = split(size);
    const last = hashes.at(-1);
    const isLeft = index < half;
    const [within, wide] = isLeft ? [index, half] : [index - half, size - half];
    const inner = last && (await rootOver(hash, within, wide, hashes.slice(0, -1)));
    return inner && (isLeft ? node(inner, last) : node(last, inner));
  };

  const tilePath = (level, index, width) => {
    const digits = String(index);
    const parts = digits.padStart(Math.ceil(digits.length / 3) * 3, "0").match(/.{3}/g);
    const last = parts.pop();
    return `tile/${level}/${parts.map((part) => `x${part}/`).join("")}${last}${width === WIDTH ? "" : `.p/${width}`}`;
  };

  /* A log of this size as it was at a smaller one: (older size) → both roots, from its tiles.
     Each hash that both stand on is read once and goes into both, so they are what a consistency
     proof comes to. `read`: path → { status, data }. */
  const tracing = (size, read) => {
    const tiles = new Map();
    const load = async (level, index) => {
      const there = (size >> (8n * level)) - index * WIDTH;
      let wanted = there < WIDTH ? there : WIDTH;
      const address = tilePath(level, index, wanted);
      let answer = await read(address);
      /* Logs may delete a partial tile that is outgrown. */
      if (answer.status === 404 && wanted < WIDTH) {
        wanted = WIDTH;
        answer = await read(tilePath(level, index, wanted));
      }
      if (answer.status >= 500) throw unseen(["unreachable", { address }]);
      if (answer.status !== 200 || answer.data.length !== Number(wanted) * 32) throw no(["lost", { address }]);
      return answer.data;
    };
    const tile = (level, index) => {
      const name = `${level}/${index}`;
      if (!tiles.has(name)) tiles.set(name, load(level, index));
      return tiles.get(name);
    };
    const perfect = async (index, height) => {
      const within = height % 8n;
      const first = index << within;
      const data = await tile(height / 8n, first / WIDTH);
      const at = Number(first % WIDTH) * 32;
      let hashes = data.slice(at, at + (32 << Number(within)));
      while (hashes.length > 32) {
        const pairs = [];
        for (let one = 0; one < hashes.length; one += 64) pairs.push(sha256([1], hashes.slice(one, one + 64)));
        hashes = joined(await Promise.all(pairs));
      }
      return hashes;
    };
    const over = async (begin, end) => {
      const count = end - begin;
      if ((count & (count - 1n)) === 0n) return perfect(begin / count, BigInt(count.toString(2).length - 1));
      const middle = begin + split(count);
      return node(await over(begin, middle), await over(middle, end));
    };
    const roots = async (older, begin, end) => {
      if (older === end) {
        const whole = await over(begin, end);
        return [whole, whole];
      }
      const middle = begin + split(end - begin);
      if (older <= middle) {
        const [before, after] = await roots(older, begin, middle);
        return [before, await node(after, await over(middle, end))];
      }
      const left = await over(begin, middle);
      const [before, after] = await roots(older, middle, end);
      return [await node(left, before), await node(left, after)];
    };
    return (older) => roots(older, 0n, size);
  };

  /* That the newer log begins with the older one, both signed by it. Without `trace` only two of
     one size can be compared. */
  const begins = async (older, newer, trace) => {
    const sizes = { older: older.size, size: newer.size };
    if (older.size > newer.size) throw no(["shrunk", sizes]);
    let [before, after] = [older.size ? newer.root : await sha256(), newer.root];
    if (older.size && older.size < newer.size) {
      if (!trace) throw unseen(["offline"]);
      [before, after] = await trace(older.size);
    }
    if (!isSame(before, older.root) || !isSame(after, newer.root)) throw no(["rewritten", sizes]);
  };

  return {
    ...{ MOST, Said, no, unseen, torn, encode, decode, latin, isSame, joined, isProof, readCheckpoint },
    ...{ readKey, readProof, signedBy, commit, leafHash, rootOver, tracing, begins },
  };
})();

// Verifies an evidence bundle of Viche in a browser: the same checks and the same lines as verify.py,
// which is the program to read (its comments say what each check is for). Nothing is sent anywhere.
//
//     const found = await VicheVerifier.verify(blob, {manifest: "", heads: [[812, "ab…"]]});
//     VicheVerifier.lines(found, "uk");
"use strict";

const VicheVerifier = (() => {
// Each with the same words in verify.py; tests compare the two.
const SENTENCES = {
  "archive_unreadable": {"uk": "сам архів: його не можна прочитати як ZIP, якими записують ці пакети", "en": "the archive itself: it cannot be read as a ZIP as these bundles are written"},
  "archive_large": {"uk": "сам архів: він більший за 2 ГіБ або має понад 20 000 файлів; таких не читаємо", "en": "the archive itself: larger than 2 GiB, or more than 20,000 files; not read"},
  "archive_name": {"uk": "сам архів: файл {n} за порядком має неприпустиму назву", "en": "the archive itself: its file number {n} has a name that is not allowed"},
  "archive_between": {"uk": "сам архів: поза файлами і змістом є зайві байти", "en": "the archive itself: there are bytes outside of its files and its directory"},
  "compressed": {"uk": "файл стиснуто; у таких пакетах усе зберігається як є", "en": "it is compressed; such bundles store everything as it is"},
  "header": {"uk": "його заголовок в архіві не такий, як записують завжди", "en": "its header in the archive is not as it is always written"},
  "twice": {"uk": "файл є двічі", "en": "it is there twice"},
  "missing": {"uk": "файлу немає", "en": "it is missing"},
  "changed": {"uk": "файл змінено", "en": "it was changed"},
  "extra": {"uk": "файлу немає в маніфесті", "en": "it is not in the manifest"},
  "manifest_hash": {"uk": "це не той маніфест, хеш якого записано в manifest.sha256", "en": "it is not the one whose hash manifest.sha256 holds"},
  "manifest_shape": {"uk": "маніфест не має потрібного вигляду", "en": "it has not the form of a manifest"},
  "manifest_format": {"uk": "ця програма знає лише формати viche-evidence/2 і viche-evidence/1", "en": "this program knows the formats viche-evidence/2 and viche-evidence/1 alone"},
  "stopped": {"uk": "Далі не перевіряли: файли не ті, які називає маніфест.", "en": "Nothing more was verified: the files are not those that the manifest names."},
  "manifest_other": {"uk": "це не той маніфест, хеш якого ви вказали: пакет не той, що оприлюднено", "en": "it is not the manifest whose hash you gave: not the bundle that was published"},
  "head_other": {"uk": "ланка {number} не та, яку ви вказали: ланцюг переписано", "en": "link {number} is not the one that you gave: the chain was written anew"},
  "head_beyond": {"uk": "Вказана ланка {number} пізніша за пакет (його голова {head}): не порівняно.", "en": "The link {number} that you gave is later than the bundle ({head}): not compared."},
  "head_before": {"uk": "Вказана ланка {number} раніша за першу в пакеті ({first}): не порівняно.", "en": "The link {number} that you gave is before the first one here ({first}): not compared."},
  "line_unreadable": {"uk": "рядок {n}: не читається як один об'єкт JSON у єдиному написанні", "en": "line {n}: it cannot be read as one JSON object in its one spelling"},
  "line_shape": {"uk": "рядок {n}: не має потрібного вигляду", "en": "line {n}: it has not the form that it needs"},
  "lines_large": {"uk": "рядок {n} довший за 4 МіБ, або рядків понад 300 000: далі не читаємо", "en": "line {n} is longer than 4 MiB, or there are over 300,000: not read further"},
  "link_hash": {"uk": "ланка {number}: її рядок не той, з якого взято хеш", "en": "link {number}: its line is not the one that was hashed"},
  "link_gap": {"uk": "ланка {number}: перед нею немає ланки {before}", "en": "link {number}: the link {before} before it is missing"},
  "link_broken": {"uk": "ланка {number}: вона не продовжує попередньої", "en": "link {number}: it does not continue the link before"},
  "link_leaves": {"uk": "ланка {number}: її рядок каже про її записи інше", "en": "link {number}: its line says something else of its entries"},
  "links_head": {"uk": "ланцюг закінчується не тією головою, яку називає маніфест", "en": "it does not end with the head that the manifest names"},
  "entry_order": {"uk": "запис {entry}: він удруге або не за порядком", "en": "entry {entry}: it is there twice, or not in its order"},
  "entry_link": {"uk": "запис {entry}: його немає під ланкою {number}", "en": "entry {entry} is not under link {number}"},
  "entry_time": {"uk": "запис {entry}: його час не сходиться з часом ланки {number}", "en": "entry {entry}: its time does not fit that of link {number}"},
  "row_order": {"uk": "рядок запису {row}: він удруге або не за порядком", "en": "row {row}: it is there twice, or not in its order"},
  "row_of": {"uk": "рядок запису {row}: він не про цю консультацію", "en": "row {row}: it is not about this consultation"},
  "row_entry": {"uk": "рядок запису {row} ({kind} {number}): запис {entry} журналу його не називає", "en": "row {row} ({kind} {number}): entry {entry} of the log does not name it"},
  "row_missing": {"uk": "запис {entry} ({event}) називає {n} рядків запису, яких у пакеті немає", "en": "entry {entry} ({event}) names rows of record that are not in the bundle: {n}"},
  "no_announcement": {"uk": "немає оголошення: без нього це не докази процедури", "en": "there is no announcement: without it this is no evidence of a procedure"},
  "thing_twice": {"uk": "{kind} {number}: є двічі", "en": "{kind} {number}: it is there twice"},
  "thing_unrecorded": {"uk": "{kind} {number}: про це немає рядка запису", "en": "{kind} {number}: no row of record tells of it"},
  "thing_gone": {"uk": "{kind} {number}: його показано, хоча за записом {entry} ({event}) його вже немає", "en": "{kind} {number}: it is shown, though by entry {entry} ({event}) it is no more"},
  "thing_changed": {"uk": "{kind} {number}: не таке, як записано (запис {entry}, {event}): {what}", "en": "{kind} {number}: not as it was recorded (entry {entry}, {event}): {what}"},
  "thing_missing": {"uk": "{kind} {number}: записано (запис {entry}, {event}), а в пакеті немає", "en": "{kind} {number}: recorded (entry {entry}, {event}), and not in the bundle"},
  "thing_closed": {"uk": "{kind} {number}: не показано ({what}), і жоден запис цього не пояснює", "en": "{kind} {number}: not shown ({what}), and no entry accounts for that"},
  "file_other": {"uk": "{kind} {number} називає інший файл, ніж той, що в пакеті ({what})", "en": "{kind} {number} names another file than the one in the bundle ({what})"},
  "file_unnamed": {"uk": "жоден рядок запису не називає цього файлу", "en": "no row of record names this file"},
  "at_apart": {"uk": "{kind} {number}: дата не сходиться з часом запису {entry}", "en": "{kind} {number}: its date does not fit the time of entry {entry}"},
  "after_close": {"uk": "{kind} {number}: записано після закриття ({date})", "en": "{kind} {number}: recorded after the close ({date})"},
  "dates_apart": {"uk": "{kind} {number}: дати не продовжують попередніх", "en": "{kind} {number}: its dates do not continue those before"},
  "number_twice": {"uk": "номер {n} має і {kind} {number}, і ще одне", "en": "number {n} is that of {kind} {number} and of another"},
  "number_gap": {"uk": "пропущено номери від {n} до {to}: отже, чогось бракує", "en": "the numbers {n} to {to} are missing: so something is"},
  "report_early": {"uk": "{kind} {number}: оприлюднено до закриття ({date})", "en": "{kind} {number}: published before the close ({date})"},
  "names_other": {"uk": "у властивостях документа названо інший маніфест звіту", "en": "the document's properties name another manifest of the report"},
  "names_none": {"uk": "властивості документа не називають маніфесту звіту", "en": "the document's properties name no manifest of the report"},
  "more": {"uk": "…і ще {n} таких порушень", "en": "…and {n} more such faults"},
  "unproven_since": {"uk": "{kind} {number}: від {date} не доводиться ({what}), бо {event} (запис {entry})", "en": "{kind} {number}: not provable since {date} ({what}), because {event} (entry {entry})"},
  "unproven_gone": {"uk": "{kind} {number}: від {date} цього немає ({what}), бо {event} (запис {entry})", "en": "{kind} {number}: no more since {date} ({what}), because {event} (entry {entry})"},
  "unproven_before": {"uk": "{kind} {number}: не доводиться до {date}: старше за запис", "en": "{kind} {number}: not provable before {date}: older than the record"},
  "private": {"uk": "У пакеті для всіх не показують: {what} (усього {n}); їхні хеші звірено.", "en": "A bundle for everybody does not show: {what} ({n} in all); their hashes hold."},
  "read": {"uk": "Прочитано: файлів {files}, записів журналу {entries}, ланок {links}.", "en": "Read: {files} files, {entries} entries of the log, {links} links."},
  "counts": {"uk": "Доведено: {holds}. Не доводиться: {unproven}. Хибних: {faulty}. Порушень: {faults}.", "en": "Hold: {holds}. Not provable: {unproven}. Faulty: {faulty}. Faults: {faults}."},
  "format_1": {"uk": "Формат 1: доведено файли, ланцюг і слова {n} зауважень; дати, авторів, рішення, тексти й сповіщення цей формат не охоплює.", "en": "Format 1: files, chain and the words of {n} remarks hold; dates, authors, dispositions, texts and notices are not covered by this format."},
  "manifest_is": {"uk": "SHA-256 маніфесту: {hash}", "en": "SHA-256 of the manifest: {hash}"},
  "head_is": {"uk": "Голова ланцюга: {number}:{hash}", "en": "Head of the chain: {number}:{hash}"},
  "compared": {"uk": "Збіглося з указаним ззовні: {n}.", "en": "Equal to what was given from outside: {n}."},
  "alone": {"uk": "Ні з чим ззовні не порівняно: звірте хеш маніфесту й голову ланцюга з тими, що збереглися не в того, хто дав пакет.", "en": "Compared with nothing from outside: compare the manifest's hash and the head with those kept by somebody else than who gave you the bundle."},
  "words_1": {"uk": "зауваження {number}: слова не ті, що записані", "en": "comment {number}: its words are not those that were recorded"},
  "hash_1": {"uk": "зауваження {number}: хеш не той, що записаний", "en": "comment {number}: its hash is not the one that was recorded"}
};
const KINDS = {
  "announcement": {"uk": "оголошення", "en": "announcement"},
  "dates": {"uk": "зміна дат", "en": "change of dates"},
  "version": {"uk": "редакція", "en": "version"},
  "remark": {"uk": "зауваження", "en": "remark"},
  "number": {"uk": "номер зауваження", "en": "number of remark"},
  "disposition": {"uk": "рішення щодо зауваження", "en": "disposition"},
  "edition": {"uk": "звіт", "en": "edition"},
  "edition_files": {"uk": "файли звіту", "en": "files of edition"},
  "notice": {"uk": "сповіщення", "en": "notice"},
  "attachment": {"uk": "додаток", "en": "attachment"},
  "picture": {"uk": "зображення", "en": "picture"},
  "link": {"uk": "посилання", "en": "link"},
  "decision": {"uk": "рішення", "en": "decision"},
  "step": {"uk": "етап", "en": "step"},
  "answers": {"uk": "відповіді про процедуру", "en": "answers about the procedure"},
  "declared": {"uk": "заявлене повне ім’я", "en": "declared full name"},
  "discussion": {"uk": "захід публічного обговорення", "en": "event of the public discussion"},
  "withdrawal": {"uk": "відкликання", "en": "withdrawal"},
  "act": {"uk": "акт", "en": "act"}
};
const TERMS = {
  "words": {"uk": "слова", "en": "words"},
  "name": {"uk": "ім'я", "en": "name"},
  "account": {"uk": "обліковий запис", "en": "account"},
  "contact": {"uk": "контакт", "en": "contact"},
  "ground": {"uk": "підстава", "en": "ground"},
  "declared": {"uk": "повне ім'я", "en": "full name"},
  "explanation": {"uk": "пояснення", "en": "explanation"},
  "interest": {"uk": "заявлений інтерес", "en": "declared interest"},
  "organisation": {"uk": "організація", "en": "organisation"},
  "public_reason": {"uk": "обґрунтування для всіх", "en": "reason for everybody"},
  "not_public": {"uk": "не оприлюднено", "en": "not public"},
  "taken_back": {"uk": "забрано автором", "en": "taken back"},
  "removed": {"uk": "вилучено", "en": "removed"},
  "detached": {"uk": "відкріплено", "en": "detached"},
  "discarded": {"uk": "скасовано", "en": "discarded"}
};
const FORMAT = "viche-evidence/2";
const FORMAT_1 = "viche-evidence/1";
const MANIFEST = "manifest.json";
const MANIFEST_HASH = "manifest.sha256";
const LINKS = "chain/links.jsonl";
const ENTRIES = "chain/entries.jsonl";
const RECORDS = "chain/records.jsonl";
const COMMENTS = "comments.jsonl";
const BEGINNING = "0".repeat(64);
const BEGUN = "RecordBegun";
const PRIVATE = new Set(["account", "contact", "declared", "ground", "public_reason"]);
const HIDDEN = ["hidden", "hidden_at", "is_hidden"];
const LARGEST = 2 ** 31 - 1;
const LARGEST_LINE = 2 ** 22;
const MOST_MEMBERS = 20000;
const LARGEST_DIRECTORY = 2 ** 23;
const MOST_LINKS = 5000000; // of ten years, one a minute
const MOST_LINES = 300000;
const MOST_FAULTS = 1000;
const DEEPEST = 32;
const LARGEST_KEPT = 2 ** 25;
const LARGEST_ROW = 2 ** 16;
const MOST_NAMES = 200;
const LARGEST_PROPERTIES = 2 ** 20;
const SECOND = 1000000;
/** Entries of a link, at most (core/audit_log/chaining.py). */
const FULL_LINK = 500;
const HOUR = 3600 * SECOND;
const MINUTE = 60 * SECOND;
const APART = 300 * SECOND;

const HEX = /^[0-9a-f]{64}$/;
const PATH = /^[A-Za-z0-9_-][A-Za-z0-9_.-]*(?:\/[A-Za-z0-9_-][A-Za-z0-9_.-]*){0,4}$/;
const THINGS = /^record\/([a-z][a-z_]{0,30})\.jsonl$/;
const OF_VERIFYING = /^(?:README\.txt|verify\.[a-z]{1,5}|chain\/(?:links|entries|records)\.jsonl|staff\/notices\.jsonl)$/;
const NAME = /^[a-z][a-z0-9_]{0,40}$/;
const EVENT = /^[A-Za-z][A-Za-z0-9]{0,80}$/;
const TIME = new RegExp(
  "^((?:19|20|21)[0-9]{2})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})" +
  "(?:[.]([0-9]{6}))?([+-])([0-9]{2}):([0-9]{2})$");
const NAMED = /sha256:([0-9a-f]{64})/g;
const LONE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
const CHUNK = 2 ** 20;
const BATCH = 256;

class Stop extends Error {}

// --- What is found, and how it is said -----------------------------------------------------------

class Found {
  constructor() {
    this.manifest = null;
    this.manifestHash = "";
    this.entries = this.links = this.faulty = this.holds = this.unproven = this.compared = 0;
    this.isStopped = this.isGiven = false;
    this.private = new Map();
    this.notes = [];
    this.verdicts = [];
    this.words1 = 0;
    this.total = 0;
    this._faults = new Map();
    this._numbers = new Map();
  }

  fault(check, place, code, values = {}) {
    this.total += 1;
    const number = (this._numbers.get(check) ?? 0) + 1;
    this._numbers.set(check, number);
    if (number > MOST_FAULTS) return;
    if (!this._faults.has(check)) this._faults.set(check, []);
    this._faults.get(check).push([place, code, values]);
  }

  *faultLines() {
    for (const check of [...this._faults.keys()].sort((a, b) => a - b)) {
      yield* this._faults.get(check);
      const more = this._numbers.get(check) - MOST_FAULTS;
      if (more > 0) yield ["", "more", {n: more}];
    }
  }

  *end() {
    if (this.isStopped) yield ["", "stopped", {}];
    if (!this.manifest) return;
    if (this.private.size) {
      const n = [...this.private.values()].reduce((sum, each) => sum + each, 0);
      yield ["", "private", {what: [...this.private.keys()].sort().join(", "), n}];
    }
    if (!this.isStopped) {
      const files = Object.keys(this.manifest.files).length;
      yield ["", "read", {files, entries: this.entries, links: this.links}];
      if (this.manifest.format !== FORMAT_1) {
        const counts = {holds: this.holds, unproven: this.unproven, faulty: this.faulty};
        yield ["", "counts", {...counts, faults: this.total}];
      } else if (!this.total) {
        yield ["", "format_1", {n: this.words1}];
      }
    }
    yield ["", "manifest_is", {hash: this.manifestHash}];
    yield ["", "head_is", this.manifest.head];
    if (this.compared) yield ["", "compared", {n: this.compared}];
    else if (!this.isStopped && !this.isGiven) yield ["", "alone", {}];
  }
}

const lines = (found, lang = "uk") =>
  [...found.faultLines(), ...found.notes, ...found.verdicts, ...found.end()]
    .map((line) => render(line, lang));

function render([place, code, values], lang) {
  const sentence = SENTENCES[code][lang].replace(/\{(\w+)\}/g, (_all, name) => {
    const value = String(values[name]);
    if (name === "kind") return own(KINDS, value)?.[lang] ?? value;
    if (name === "what") {
      return value.split(", ").map((each) => own(TERMS, each)?.[lang] ?? each).join(", ");
    }
    return value;
  });
  return place ? `${place}: ${sentence}` : sentence;
}

// --- What both programs read alike ---------------------------------------------------------------

const own = (object, name) => (Object.hasOwn(object, name) ? object[name] : undefined);
const isObject = (value) =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Whether an object has these keys and no other, but for those that it may have. */
function hasKeys(value, keys, may = []) {
  const there = Object.keys(value).filter((key) => !may.includes(key));
  return there.length === keys.length && keys.every((key) => Object.hasOwn(value, key));
}

/** By code points, as Python sorts. */
function byCodePoint(one, other) {
  const length = Math.min(one.length, other.length);
  for (let at = 0; at < length; at += 1) {
    let a = one.charCodeAt(at);
    let b = other.charCodeAt(at);
    if (a === b) continue;
    if (a >= 0xd800 && b >= 0xd800) {
      a += a >= 0xe000 ? -0x800 : 0x2000;
      b += b >= 0xe000 ? -0x800 : 0x2000;
    }
    return a - b;
  }
  return one.length - other.length;
}

/** The one spelling of a JSON value; a number that the two programs may read differently throws. */
function canonical(value, isSpaced = false, depth = 0) {
  const [comma, colon] = isSpaced ? [", ", ": "] : [",", ":"];
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "number") {
    if (!Number.isSafeInteger(value)) throw new RangeError("number");
    return String(value);
  }
  if (value === null || typeof value === "boolean") return String(value);
  if (depth >= DEEPEST) throw new RangeError("depth");
  if (Array.isArray(value)) {
    return `[${value.map((each) => canonical(each, isSpaced, depth + 1)).join(comma)}]`;
  }
  const pairs = Object.keys(value).sort(byCodePoint).map(
    (key) => JSON.stringify(key) + colon + canonical(value[key], isSpaced, depth + 1));
  return `{${pairs.join(comma)}}`;
}

function readJson(text, isSpaced = false) {
  if (typeof text !== "string" || LONE.test(text)) return null;
  try {
    const value = JSON.parse(text);
    if (!isObject(value)) return null;
    const isOne = canonical(value) === text || (isSpaced && canonical(value, true) === text);
    // A half of a pair can stand there as an escape alone.
    return isOne && !/\\ud[89a-f]/.test(text.replace(/\\\\/g, "")) ? value : null;
  } catch {
    return null;
  }
}

const isNumber = (value) => Number.isSafeInteger(value) && value >= 0;
const isHash = (value) => typeof value === "string" && HEX.test(value);
const isName = (value) => NAME.test(value);
const isSet = (value) =>
  value !== undefined && value !== null && value !== false && value !== 0 && value !== "";

/** Microseconds since 1970; null for what is no moment. */
function toMoment(value) {
  const found = typeof value === "string" ? TIME.exec(value) : null;
  if (!found || Number(found[9]) > 23 || Number(found[10]) > 59) return null;
  const [year, month, day, hour, minute, second] = found.slice(1, 7).map(Number);
  const at = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  const isThere = at.getUTCFullYear() === year && at.getUTCMonth() === month - 1 &&
    at.getUTCDate() === day && hour < 24 && minute < 60 && second < 60;
  if (!isThere) return null;
  const offset = (Number(found[9]) * 60 + Number(found[10])) * MINUTE;
  const moment = at.getTime() * 1000 + Number(found[7] ?? 0);
  return found[8] === "+" ? moment - offset : moment + offset;
}

const toDate = (moment) =>
  `${new Date(Math.floor(moment / 1000)).toISOString().slice(0, 16).replace("T", " ")} UTC`;

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", {fatal: true, ignoreBOM: true});
const latin = new TextDecoder("latin1");
const HEXES = Array.from({length: 256}, (_, each) => each.toString(16).padStart(2, "0"));

function decode(bytes) {
  try {
    return decoder.decode(bytes);
  } catch {
    return null;
  }
}

const toHex = (buffer) => Array.from(new Uint8Array(buffer), (each) => HEXES[each]).join("");
const fromHex = (text) => Uint8Array.from(text.match(/../g), (each) => parseInt(each, 16));
const sha256Of = async (bytes) => toHex(await crypto.subtle.digest("SHA-256", bytes));
const sha256 = (text) => sha256Of(encoder.encode(text));

const CRCS = Uint32Array.from({length: 256}, (_, each) => {
  let crc = each;
  for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc;
});

function crc32(bytes) {
  let crc = 0xffffffff;
  for (let at = 0; at < bytes.length; at += 1) crc = CRCS[(crc ^ bytes[at]) & 255] ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

const isEqual = (one, other) =>
  one.length === other.length && one.every((each, at) => each === other[at]);

// --- The archive ---------------------------------------------------------------------------------

const u16 = (bytes, at) => bytes[at] | (bytes[at + 1] << 8);
const u32 = (bytes, at) => (u16(bytes, at) | (u16(bytes, at + 2) << 16)) >>> 0;
const isSigned = (bytes, at, one, two) =>
  bytes[at] === 80 && bytes[at + 1] === 75 && bytes[at + 2] === one && bytes[at + 3] === two;

class Archive {
  constructor(blob, found) {
    this.blob = blob;
    this.found = found;
    this.members = new Map();
  }

  async bytes(place, length) {
    return new Uint8Array(await this.blob.slice(place, place + length).arrayBuffer());
  }

  stop(place, code, values) {
    this.found.fault(1, place, code, values);
    throw new Stop();
  }

  async open() {
    const size = this.blob.size;
    if (size > LARGEST) this.stop("", "archive_large");
    const tail = size >= 22 ? await this.bytes(size - 22, 22) : new Uint8Array();
    if (!isSigned(tail, 0, 5, 6)) this.stop("", "archive_unreadable");
    const [disk, first, here, number] = [4, 6, 8, 10].map((at) => u16(tail, at));
    const [length, start, comment] = [u32(tail, 12), u32(tail, 16), u16(tail, 20)];
    if (number > MOST_MEMBERS || here > MOST_MEMBERS || length > LARGEST_DIRECTORY) {
      this.stop("", "archive_large");
    }
    if (disk || first || here !== number || comment || start + length + 22 !== size) {
      this.stop("", "archive_unreadable");
    }
    await this.readDirectory(await this.bytes(start, length), number, start);
    if (this.found.total) throw new Stop();
  }

  async readDirectory(directory, number, start) {
    let place = 0;
    let at = 0;
    for (let n = 1; n <= number; n += 1) {
      if (!isSigned(directory, at, 1, 2) || directory.length < at + 46) {
        this.stop("", "archive_unreadable");
      }
      const method = u16(directory, at + 10);
      const [crc, packed, size] = [16, 20, 24].map((each) => u32(directory, at + each));
      const named = u16(directory, at + 28);
      const raw = directory.subarray(at + 46, at + 46 + named);
      const name = latin.decode(raw);
      if (raw.length !== named || !PATH.test(name)) this.stop("", "archive_name", {n});
      if (method || packed !== size) this.stop(name, "compressed");
      const [local, central] = headers(raw, crc, size, place);
      const isThere = place + local.length + size <= start;
      const said = directory.subarray(at, at + central.length);
      if (!isEqual(said, central) || !isThere) this.stop(name, "header");
      if (!isEqual(await this.bytes(place, local.length), local)) this.stop(name, "header");
      if (this.members.has(name)) this.stop(name, "twice");
      this.members.set(name, {place: place + local.length, size, crc});
      place += local.length + size;
      at += central.length;
    }
    if (place !== start || at !== directory.length) this.found.fault(1, "", "archive_between");
  }

  read(name) {
    const {place, size} = this.members.get(name);
    return this.bytes(place, size);
  }

  async *chunks(name) {
    const {place, size} = this.members.get(name);
    for (let at = 0; at < size; at += CHUNK) {
      yield await this.bytes(place + at, Math.min(CHUNK, size - at));
    }
  }

  /** The lines of a member: number, text, length; in place of a text the code of a fault. */
  async *lines(name) {
    let rest = new Uint8Array();
    let n = 0;
    for await (const chunk of this.chunks(name)) {
      const whole = new Uint8Array(rest.length + chunk.length);
      whole.set(rest);
      whole.set(chunk, rest.length);
      let from = 0;
      for (let to = whole.indexOf(10, from); to >= 0; to = whole.indexOf(10, from)) {
        n += 1;
        if (to - from > LARGEST_LINE || n > (name === LINKS ? MOST_LINKS : MOST_LINES)) {
          yield [n, null, 0, "lines_large"];
          return;
        }
        yield [n, decode(whole.subarray(from, to)), to - from, "line_unreadable"];
        from = to + 1;
      }
      rest = whole.slice(from);
      if (rest.length > LARGEST_LINE) {
        yield [n + 1, null, 0, "lines_large"];
        return;
      }
    }
    if (rest.length) yield [n + 1, null, 0, "line_unreadable"];
  }

  /** Number, object and length of each line, and what ``prepare`` makes of the object: in batches,
   * for the browser hashes many lines in the time of one. */
  async *objects(name, check, prepare, isSpaced = false) {
    if (!this.members.has(name)) return;
    let batch = [];
    let weight = 0;
    for await (const [n, text, size, code] of this.lines(name)) {
      batch.push([n, text === null ? null : readJson(text, isSpaced), size, code]);
      weight += size;
      if (batch.length < BATCH && weight <= CHUNK) continue;
      yield* this.prepared(batch, name, check, prepare);
      batch = [];
      weight = 0;
    }
    yield* this.prepared(batch, name, check, prepare);
  }

  async *prepared(batch, name, check, prepare) {
    const made = await Promise.all(batch.map(([, value]) => (value ? prepare(value) : null)));
    for (const [at, [n, value, size, code]] of batch.entries()) {
      if (value === null) this.found.fault(check, name, code, {n});
      else yield [n, value, size, made[at]];
    }
  }
}

/** The headers that write_member of verify.py gives a member. */
function headers(name, crc, size, place) {
  const common = [20, 0, 0, 0, 0, 0, 0, 0, 33, 0];
  const four = (value) => [value & 255, (value >>> 8) & 255, (value >>> 16) & 255, value >>> 24];
  common.push(...four(crc), ...four(size), ...four(size));
  common.push(name.length & 255, name.length >>> 8, 0, 0);
  const local = [80, 75, 3, 4, ...common, ...name];
  const end = [0, 0, 0, 0, 0, 0, ...four((0o644 << 16) >>> 0), ...four(place)];
  return [local, [80, 75, 1, 2, 20, 3, ...common, ...end, ...name]];
}

/** 1: the members are those of the manifest, and as it says. */
async function checkFiles(archive, found) {
  const {members} = archive;
  for (const name of [MANIFEST, MANIFEST_HASH]) {
    if (!members.has(name)) archive.stop(name, "missing");
  }
  if (members.get(MANIFEST).size > LARGEST_LINE) archive.stop(MANIFEST, "manifest_shape");
  const text = await archive.read(MANIFEST);
  found.manifestHash = await sha256Of(text);
  const expected = `${found.manifestHash}  ${MANIFEST}\n`;
  const isSaid = members.get(MANIFEST_HASH).size === expected.length &&
    latin.decode(await archive.read(MANIFEST_HASH)) === expected;
  if (!isSaid) archive.stop(MANIFEST, "manifest_hash");
  found.manifest = readManifest(text, archive);
  const {files} = found.manifest;
  const own2 = [MANIFEST, MANIFEST_HASH];
  for (const name of [...members.keys()].sort()) {
    if (!Object.hasOwn(files, name) && !own2.includes(name)) found.fault(1, name, "extra");
  }
  for (const name of [...Object.keys(files), ...own2].sort()) {
    if (!members.has(name)) {
      found.fault(1, name, "missing");
      continue;
    }
    const bytes = await archive.read(name);
    const said = own(files, name);
    const {crc} = members.get(name);
    const isNamed = !said ||
      (said.bytes === bytes.length && said.sha256 === (await sha256Of(bytes)));
    if (crc32(bytes) !== crc || !isNamed) found.fault(1, name, "changed");
  }
  if (found.total) throw new Stop();
}

function readManifest(bytes, archive) {
  const text = decode(bytes);
  const manifest = readJson(text, true);
  if (manifest === null) archive.stop(MANIFEST, "manifest_shape");
  const format = own(manifest, "format");
  if (format !== FORMAT && format !== FORMAT_1) archive.stop(MANIFEST, "manifest_format");
  const files = own(manifest, "files");
  const head = own(manifest, "head");
  let isRight = isObject(files) &&
    Object.keys(files).every((name) => PATH.test(name) && isSaidOf(files[name])) &&
    !Object.hasOwn(files, MANIFEST) && !Object.hasOwn(files, MANIFEST_HASH) &&
    isObject(head) && isNumber(own(head, "number")) && isHash(own(head, "hash")) &&
    isNumber(own(manifest, "consultation"));
  if (format === FORMAT) {
    isRight = isRight && ["public", "staff"].includes(own(manifest, "audience")) &&
      canonical(manifest) === text;
  }
  if (!isRight) archive.stop(MANIFEST, "manifest_shape");
  return manifest;
}

const isSaidOf = (said) =>
  isObject(said) && hasKeys(said, ["bytes", "sha256"]) && isNumber(said.bytes) &&
  isHash(said.sha256);

// --- The chain -----------------------------------------------------------------------------------

/** What is hashed of a line that stands in an object. */
const inner = async (value) => {
  const line = own(value, "line");
  const said = readJson(line);
  return said === null ? [null, ""] : [said, await sha256(line)];
};

async function readEntries(archive, found) {
  const chain = {entries: new Map(), named: new Map()};
  let before = 0;
  for await (const [n, value, , [said, leaf]] of archive.objects(ENTRIES, 4, inner)) {
    if (said === null || !isEntry(value, said)) {
      found.fault(4, ENTRIES, "line_shape", {n});
      continue;
    }
    const number = said.id;
    if (number <= before) {
      found.fault(4, ENTRIES, "entry_order", {entry: number});
      continue;
    }
    before = number;
    const at = toMoment(said.at);
    chain.entries.set(number, {link: value.link, leaf, at, event: said.event});
    const record = own(said.ids, "record") ?? [];
    if (chain.named.size + record.length > MOST_LINES) {
      found.fault(4, ENTRIES, "lines_large", {n});
      break;
    }
    for (const digest of record) {
      const key = `${number} ${digest}`;
      chain.named.set(key, (chain.named.get(key) ?? 0) + 1);
    }
  }
  found.entries = chain.entries.size;
  return chain;
}

function isEntry(value, said) {
  const event = own(said, "event");
  const ids = own(said, "ids");
  const isRight = hasKeys(value, ["line", "link"]) && isNumber(value.link) &&
    isNumber(own(said, "id")) && toMoment(own(said, "at")) !== null &&
    typeof event === "string" && EVENT.test(event);
  if (!isRight || !isObject(ids)) return false;
  const record = Object.hasOwn(ids, "record") ? ids.record : [];
  return Array.isArray(record) && record.every(isHash);
}

/** What is hashed of a link: its line, and its leaves. */
const innerLink = async (value) => {
  const [said, digest] = await inner(value);
  const leaves = own(value, "leaves");
  const isList = Array.isArray(leaves) && leaves.every(isHash);
  return [said, digest, isList ? await sha256(leaves.join("\n")) : ""];
};

function isLink(value, said) {
  const leaves = Object.hasOwn(value, "leaves") ? value.leaves : [];
  return hasKeys(value, ["hash", "line"], ["leaves"]) && isHash(value.hash) &&
    Array.isArray(leaves) && leaves.every(isHash) && isNumber(own(said, "number")) &&
    isNumber(own(said, "entries")) &&
    isHash(own(said, "previous")) && isHash(own(said, "leaves")) &&
    toMoment(own(said, "at")) !== null;
}

function compareHead(number, hash, heads, found) {
  if (!heads.has(number)) return;
  if (heads.get(number) === hash) found.compared += 1;
  else found.fault(2, LINKS, "head_other", {number});
}

async function checkLinks(archive, chain, heads, found) {
  const under = new Map();
  for (const [number, entry] of chain.entries) {
    if (!under.has(entry.link)) under.set(entry.link, []);
    under.get(entry.link).push(number);
  }
  let first = null;
  let before = null;
  let beforeAt = null;
  let last = BEGINNING;
  for await (const [n, value, , made] of archive.objects(LINKS, 3, innerLink)) {
    const [said, digest, ofLeaves] = made;
    if (said === null || !isLink(value, said)) {
      found.fault(3, LINKS, "line_shape", {n});
      continue;
    }
    const {number} = said;
    if (digest !== value.hash) found.fault(3, LINKS, "link_hash", {number});
    if (before !== null && number !== before + 1) {
      found.fault(3, LINKS, "link_gap", {number, before: number - 1});
    } else if ((before !== null || number === 1) && said.previous !== last) {
      found.fault(3, LINKS, "link_broken", {number});
    }
    const hasLeaves = Object.hasOwn(value, "leaves");
    if (hasLeaves && ofLeaves !== said.leaves) found.fault(3, LINKS, "link_leaves", {number});
    compareHead(number, value.hash, heads, found);
    const at = toMoment(said.at);
    const shown = new Set(hasLeaves ? value.leaves : []);
    for (const each of under.get(number) ?? []) {
      const entry = chain.entries.get(each);
      if (!shown.has(entry.leaf)) {
        found.fault(4, ENTRIES, "entry_link", {entry: each, number});
      } else if (entry.at > at + MINUTE || (beforeAt !== null && entry.at < beforeAt - HOUR)) {
        found.fault(4, ENTRIES, "entry_time", {entry: each, number});
      }
    }
    under.delete(number);
    first ??= number;
    before = number;
    last = value.hash;
    // A full link tells of a backlog: what follows it may be older than the link itself.
    if (said.entries < FULL_LINK) beforeAt = at;
    found.links += 1;
  }
  for (const number of [...under.keys()].sort((a, b) => a - b)) {
    for (const each of under.get(number)) {
      found.fault(4, ENTRIES, "entry_link", {entry: each, number});
    }
  }
  const {head} = found.manifest;
  if ((before ?? 0) !== head.number || last !== head.hash) found.fault(3, LINKS, "links_head");
  for (const number of [...heads.keys()].sort((a, b) => a - b)) {
    if (number > (before ?? 0)) {
      found.notes.push(["", "head_beyond", {number, head: before ?? 0}]);
    } else if (number < (first ?? 0)) {
      found.notes.push(["", "head_before", {number, first}]);
    }
  }
}

// --- Rows of record ------------------------------------------------------------------------------

const keyOf = (kind, number) => `${kind} ${number}`;

async function checkRecords(archive, chain, found) {
  const record = {
    states: new Map(), kept: 0, announcements: [], dates: [], remarks: [], editions: [],
    numbers: new Map(), numbersBegun: 0,
  };
  let before = 0;
  const of = `consultation:${found.manifest.consultation}`;
  for await (const [n, value, size, [said, digest]] of archive.objects(RECORDS, 5, inner)) {
    if (said === null || size > LARGEST_ROW || !isRow(value, said)) {
      found.fault(5, RECORDS, "line_shape", {n});
      continue;
    }
    const {row, entry, line} = value;
    if (row <= before) {
      found.fault(5, RECORDS, "row_order", {row});
      continue;
    }
    before = row;
    if (said.of !== of) found.fault(5, RECORDS, "row_of", {row});
    const key = `${entry} ${digest}`;
    const left = chain.named.get(key) ?? 0;
    if (left > 1) chain.named.set(key, left - 1);
    else if (left) chain.named.delete(key);
    else {
      const what = {kind: said.kind, number: said.number};
      found.fault(5, RECORDS, "row_entry", {row, entry, ...what});
    }
    takeRow(record, said, entry, digest, chain.entries.get(entry), found);
    if (record.kept + size <= LARGEST_KEPT) {
      record.kept += size;
      record.states.get(keyOf(said.kind, said.number)).line = line;
    }
  }
  const missing = new Map();
  for (const key of chain.named.keys()) {
    const entry = Number(key.split(" ")[0]);
    missing.set(entry, (missing.get(entry) ?? 0) + 1);
  }
  for (const entry of [...missing.keys()].sort((a, b) => a - b)) {
    const {event} = chain.entries.get(entry);
    found.fault(5, ENTRIES, "row_missing", {entry, event, n: missing.get(entry)});
  }
  return record;
}

function isNamedThing(said) {
  const kind = own(said, "kind");
  return typeof kind === "string" && isName(kind) && isNumber(own(said, "number")) &&
    typeof own(said, "of") === "string";
}

function isRow(value, said) {
  if (!hasKeys(value, ["entry", "line", "row"]) || !isNumber(value.entry)) return false;
  if (!isNumber(value.row) || !isNamedThing(said)) return false;
  if (hasKeys(said, ["gone", "kind", "number", "of"])) {
    return typeof said.gone === "string" && isName(said.gone);
  }
  if (!hasKeys(said, ["facts", "kind", "number", "of", "texts"])) return false;
  const {facts, texts} = said;
  return isObject(facts) && isObject(texts) &&
    Object.keys(facts).length + Object.keys(texts).length <= MOST_NAMES &&
    [...Object.keys(facts), ...Object.keys(texts)].every(isName) &&
    Object.values(texts).every(isHash);
}

function takeRow(record, said, entry, digest, known, found) {
  const {kind, number} = said;
  const facts = own(said, "facts");
  const isBegun = known !== undefined && known.event === BEGUN;
  const key = keyOf(kind, number);
  let state = record.states.get(key);
  const isFirst = state === undefined;
  if (isFirst) {
    state = {
      kind, number, first: entry, isBegun: true, isFaulty: false, isShown: false, hidden: null,
      texts: [], lost: new Map(),
    };
    record.states.set(key, state);
  }
  state.isBegun = state.isBegun && isBegun;
  state.entry = entry;
  state.digest = digest;
  state.line = "";
  state.gone = own(said, "gone") ?? "";
  if (facts === undefined) return;
  takeTexts(state, said.texts, facts, entry);
  if (isFirst && known !== undefined && !isBegun && Object.hasOwn(facts, "at")) {
    const at = toMoment(facts.at);
    if (at === null || Math.abs(at - known.at) > APART) {
      found.fault(8, `record/${kind}.jsonl`, "at_apart", {kind, number, entry});
    }
  }
  if (kind === "announcement") record.announcements.push([number, entry, period(facts, "")]);
  else if (kind === "dates" && isFirst) {
    record.dates.push([number, entry, period(facts, "old_"), period(facts, "new_")]);
  } else if (kind === "number" && isNumber(own(facts, "number"))) {
    takeNumber(record, number, facts.number, isBegun, found);
  } else if (kind === "remark" && isFirst && !isBegun) {
    const isTyped = ["page", "api"].includes(own(facts, "source")) &&
      !isSet(own(facts, "official"));
    if (isTyped && !isSet(own(facts, "received"))) {
      record.remarks.push([number, entry, toMoment(own(facts, "at"))]);
    }
  } else if (kind === "edition" && isFirst && !isBegun) {
    record.editions.push([number, entry]);
  }
}

function takeTexts(state, texts, facts, entry) {
  for (const name of state.texts) {
    if (!Object.hasOwn(texts, name)) state.lost.set(name, entry);
  }
  state.texts = Object.keys(texts);
  for (const name of state.texts) state.lost.delete(name);
  if (!HIDDEN.some((name) => isSet(own(facts, name)))) state.hidden = null;
  else state.hidden ??= entry;
}

function takeNumber(record, thing, n, isBegun, found) {
  if (isBegun) record.numbersBegun = Math.max(record.numbersBegun, n);
  if (!record.numbers.has(n)) record.numbers.set(n, thing);
  if (record.numbers.get(n) !== thing) {
    found.fault(8, "record/number.jsonl", "number_twice", {kind: "number", number: thing, n});
  }
}

// --- Things --------------------------------------------------------------------------------------

/** What is hashed of a thing: each text, and the line of its row. */
const rebuilt = async (thing) => {
  if (!isThing(thing)) return null;
  const texts = {};
  for (const [name, text] of Object.entries(thing.texts)) texts[name] = await digestOf(text);
  const {facts, kind, number, of} = thing;
  return {texts, digest: await sha256(canonical({facts, kind, number, of, texts}))};
};

async function digestOf(text) {
  if (Object.hasOwn(text, "digest")) return text.digest;
  const hmac = {name: "HMAC", hash: "SHA-256"};
  const key = await crypto.subtle.importKey("raw", fromHex(text.key), hmac, false, ["sign"]);
  return toHex(await crypto.subtle.sign("HMAC", key, encoder.encode(canonical(text.value))));
}

async function checkThings(archive, chain, record, found) {
  const named = new Map();
  for (const name of [...archive.members.keys()].sort()) {
    const kind = THINGS.exec(name);
    if (!kind) continue;
    for await (const [n, thing, , made] of archive.objects(name, 6, rebuilt)) {
      if (made !== null && thing.kind === kind[1]) {
        checkThing(name, thing, made, chain, record, named, found);
      } else {
        found.fault(6, name, "line_shape", {n});
        found.faulty += 1;
      }
    }
  }
  let isAnnounced = false;
  for (const state of record.states.values()) {
    if (!state.isShown) sayAbsent(state, chain, found);
    isAnnounced ||= state.kind === "announcement";
  }
  if (!isAnnounced) found.fault(6, "record/announcement.jsonl", "no_announcement");
  for (const name of Object.keys(found.manifest.files).sort()) {
    if (!named.has(name) && !THINGS.test(name) && !OF_VERIFYING.test(name)) {
      found.fault(7, name, "file_unnamed");
    }
  }
  return named;
}

function isThing(thing) {
  if (!hasKeys(thing, ["facts", "kind", "number", "of", "texts"], ["files"])) return false;
  const {facts, texts} = thing;
  const files = Object.hasOwn(thing, "files") ? thing.files : {};
  if (!isNamedThing(thing) || ![facts, texts, files].every(isObject)) return false;
  if (!Object.values(files).every((path) => typeof path === "string" && PATH.test(path))) {
    return false;
  }
  const names = [facts, texts, files].flatMap((each) => Object.keys(each));
  return names.every(isName) && Object.values(texts).every(isText);
}

function isText(text) {
  if (!isObject(text)) return false;
  if (hasKeys(text, ["digest"])) return isHash(text.digest);
  return hasKeys(text, ["key", "value"]) && isHash(text.key) && isObject(text.value);
}

function checkThing(place, thing, made, chain, record, named, found) {
  const {kind, number} = thing;
  const label = {kind, number};
  const state = record.states.get(keyOf(kind, number));
  checkThingFiles(place, thing, state, named, found);
  if (state === undefined) {
    found.fault(6, place, "thing_unrecorded", label);
    found.faulty += 1;
    return;
  }
  const told = {...label, entry: state.entry, event: when(chain, state.entry).event};
  if (state.isShown) {
    found.fault(6, place, "thing_twice", label);
    found.faulty += 1;
    return;
  }
  state.isShown = true;
  if (state.gone) {
    found.fault(6, place, "thing_gone", told);
  } else if (made.digest !== state.digest) {
    const what = whatDiffers(thing, made.texts, state.line);
    found.fault(6, place, "thing_changed", {...told, what});
  } else {
    judge(place, thing, state, chain, record, found);
    return;
  }
  found.faulty += 1;
}

function whatDiffers(thing, texts, line) {
  const said = line ? readJson(line) : null;
  if (said === null) return "?";
  const names = new Set();
  for (const [given, recorded] of [[thing.facts, said.facts ?? {}], [texts, said.texts ?? {}]]) {
    for (const name of [...Object.keys(given), ...Object.keys(recorded)]) {
      const isInBoth = Object.hasOwn(given, name) && Object.hasOwn(recorded, name);
      if (!isInBoth || canonical(given[name]) !== canonical(recorded[name])) names.add(name);
    }
  }
  return [...names].sort().join(", ") || "of";
}

function checkThingFiles(place, thing, state, named, found) {
  const {files} = found.manifest;
  const {kind, number} = thing;
  const said = own(thing, "files") ?? {};
  for (const fact of Object.keys(said).sort()) {
    const path = said[fact];
    if (Object.hasOwn(files, path)) {
      named.set(path, (named.get(path) ?? true) && state !== undefined && state.isBegun);
      if (files[path].sha256 === own(thing.facts, fact)) continue;
    }
    found.fault(7, place, "file_other", {kind, number, what: path});
    if (state !== undefined) state.isFaulty = true;
  }
}

function judge(place, thing, state, chain, record, found) {
  const {kind, number} = thing;
  const label = {kind, number};
  const since = new Map();
  const add = (entry, name) => since.set(entry, [...(since.get(entry) ?? []), name]);
  for (const [name, entry] of state.lost) add(entry, name);
  const closed = [];
  for (const name of Object.keys(thing.texts).sort()) {
    if (!Object.hasOwn(thing.texts[name], "digest")) continue;
    const by = hiddenBy(thing, state, record);
    if (PRIVATE.has(name) && found.manifest.audience === "public") {
      found.private.set(name, (found.private.get(name) ?? 0) + 1);
    } else if (by !== null) add(by, name);
    else closed.push(name);
  }
  if (closed.length) {
    found.fault(6, place, "thing_closed", {...label, what: closed.join(", ")});
    state.isFaulty = true;
  }
  for (const entry of [...since.keys()].sort((a, b) => a - b)) {
    const what = since.get(entry).sort().join(", ");
    const told = {...label, entry, ...when(chain, entry), what};
    found.verdicts.push([place, "unproven_since", told]);
  }
  if (state.isBegun && !since.size) {
    const told = {...label, ...when(chain, state.first)};
    found.verdicts.push([place, "unproven_before", told]);
  }
  if (state.isFaulty) found.faulty += 1;
  else if (since.size || state.isBegun) found.unproven += 1;
  else found.holds += 1;
}

function hiddenBy(thing, state, record) {
  if (state.hidden !== null) return state.hidden;
  const about = own(thing.facts, "remark");
  const remark = record.states.get(keyOf("remark", isNumber(about) ? about : thing.number));
  return remark && !remark.gone ? remark.hidden : null;
}

function when(chain, entry) {
  const known = chain.entries.get(entry);
  return known ? {date: toDate(known.at), event: known.event} : {date: "?", event: "?"};
}

function sayAbsent(state, chain, found) {
  const {kind, number, entry} = state;
  const place = `record/${kind}.jsonl`;
  const told = {kind, number, entry, ...when(chain, entry)};
  if (state.gone) {
    found.verdicts.push([place, "unproven_gone", {...told, what: state.gone}]);
    found.unproven += 1;
  } else {
    found.fault(6, place, "thing_missing", told);
    found.faulty += 1;
  }
}

// --- Dates and numbers ---------------------------------------------------------------------------

function checkDates(chain, record, found) {
  const closings = checkPeriods(chain, record, found);
  for (const [number, entry, at] of record.remarks) {
    const known = chain.entries.get(entry);
    const close = closing(closings, entry);
    if (known === undefined || close === null) continue;
    if (known.at >= close + MINUTE || (close <= known.at && (at === null || at >= close))) {
      const label = {kind: "remark", number, date: toDate(close)};
      found.fault(8, "record/remark.jsonl", "after_close", label);
    }
  }
  for (const [number, entry] of record.editions.slice(0, 1)) {
    const known = chain.entries.get(entry);
    const close = closing(closings, entry);
    if (known !== undefined && close !== null && known.at < close) {
      const label = {kind: "edition", number, date: toDate(close)};
      found.fault(8, "record/edition.jsonl", "report_early", label);
    }
  }
  let before = record.numbersBegun;
  for (const n of [...record.numbers.keys()].sort((a, b) => a - b)) {
    if (n > before + 1) {
      found.fault(8, "record/number.jsonl", "number_gap", {n: before + 1, to: n - 1});
    }
    before = Math.max(before, n);
  }
}

function checkPeriods(chain, record, found) {
  if (!record.announcements.length) return [];
  const [, begun, announced] = record.announcements[0];
  const changes = [[begun, announced]];
  const isBegun = when(chain, begun).event === BEGUN;
  for (const [number, entry, old, fresh] of record.dates) {
    if (!isEqual(old, changes[changes.length - 1][1]) && !(isBegun && changes.length === 1)) {
      found.fault(8, "record/dates.jsonl", "dates_apart", {kind: "dates", number});
    }
    changes.push([entry, fresh]);
  }
  changes.sort((a, b) => a[0] - b[0]);
  for (const [number, entry, told] of record.announcements.slice(1)) {
    if (!isEqual(told, until(changes, entry)[1]) && !isBegun) {
      const label = {kind: "announcement", number};
      found.fault(8, "record/announcement.jsonl", "dates_apart", label);
    }
  }
  return changes.map(([entry, [, closes]]) => [entry, closes]).filter((each) => each[1] !== null);
}

/** The last of sorted pairs that an entry comes after, or the first one. */
function until(pairs, entry) {
  let low = 0;
  let high = pairs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (pairs[middle][0] <= entry) low = middle + 1;
    else high = middle;
  }
  return pairs[Math.max(low - 1, 0)];
}

const period = (facts, before) =>
  ["opens_at", "closes_at"].map((name) => toMoment(own(facts, before + name)));

const closing = (closings, entry) => (closings.length ? until(closings, entry)[1] : null);

// --- Reports -------------------------------------------------------------------------------------

async function checkReports(archive, named, found) {
  const {files} = found.manifest;
  for (const name of Object.keys(files).sort()) {
    const dot = name.lastIndexOf(".");
    const ending = name.slice(dot + 1);
    const manifest = own(files, `${name.slice(0, Math.max(dot, 0))}.manifest.jsonl`);
    if (manifest === undefined || !["pdf", "docx"].includes(ending)) continue;
    const hashes = ending === "docx" ? await namedInDocx(archive, name) :
      await namedIn(archive, name);
    if (!hashes.size && !(named.get(name) ?? false)) found.fault(9, name, "names_none");
    else if ([...hashes].some((each) => each !== manifest.sha256)) {
      found.fault(9, name, "names_other");
    }
  }
}

const hashesIn = (text) => Array.from(text.matchAll(NAMED), (each) => each[1]);

async function namedIn(archive, name) {
  const hashes = new Set();
  let rest = "";
  for await (const chunk of archive.chunks(name)) {
    const text = rest + latin.decode(chunk);
    for (const each of hashesIn(text)) hashes.add(each);
    rest = text.slice(-70);
  }
  return hashes;
}

async function namedInDocx(archive, name) {
  const {place, size} = archive.members.get(name);
  const tail = size >= 22 ? await archive.bytes(place + size - 22, 22) : new Uint8Array();
  if (!isSigned(tail, 0, 5, 6)) return new Set();
  const [length, start] = [u32(tail, 12), u32(tail, 16)];
  if (start + length + 22 !== size || length > LARGEST_DIRECTORY) return new Set();
  const directory = await archive.bytes(place + start, length);
  let at = 0;
  while (isSigned(directory, at, 1, 2) && directory.length >= at + 46) {
    const method = u16(directory, at + 10);
    const packed = u32(directory, at + 20);
    const [named, extra, comment] = [28, 30, 32].map((each) => u16(directory, at + each));
    let offset = u32(directory, at + 42);
    if (latin.decode(directory.subarray(at + 46, at + 46 + named)) === "docProps/core.xml") {
      const head = offset + 30 <= start ? await archive.bytes(place + offset, 30) :
        new Uint8Array();
      if (!isSigned(head, 0, 3, 4) || packed > LARGEST_PROPERTIES) return new Set();
      offset += 30 + u16(head, 26) + u16(head, 28);
      let data = offset + packed <= start ? await archive.bytes(place + offset, packed) :
        new Uint8Array();
      if (method === 8) data = await inflate(data);
      else if (method !== 0) data = new Uint8Array();
      return new Set(hashesIn(latin.decode(data)));
    }
    at += 46 + named + extra + comment;
  }
  return new Set();
}

/** Nothing for what is broken, longer than allowed, or followed by something. */
async function inflate(data) {
  const parts = [];
  let length = 0;
  try {
    const reader = new Blob([data]).stream()
      .pipeThrough(new DecompressionStream("deflate-raw")).getReader();
    for (let got = await reader.read(); !got.done; got = await reader.read()) {
      parts.push(got.value);
      length += got.value.length;
      if (length > LARGEST_PROPERTIES) {
        await reader.cancel();
        return new Uint8Array();
      }
    }
  } catch {
    return new Uint8Array();
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

// --- The format 1 --------------------------------------------------------------------------------

async function checkFormat1(archive, heads, found) {
  const leaves = new Map();
  let before = null;
  for await (const [n, value, , made] of archive.objects(LINKS, 3, innerLink, true)) {
    const [said, digest, ofLeaves] = made;
    if (said === null || !isLink(value, said)) {
      found.fault(3, LINKS, "line_shape", {n});
      continue;
    }
    const {number} = said;
    if (digest !== value.hash) found.fault(3, LINKS, "link_hash", {number});
    if (Object.hasOwn(value, "leaves") && ofLeaves !== said.leaves) {
      found.fault(3, LINKS, "link_leaves", {number});
    }
    if (before && number === before[0] + 1 && said.previous !== before[1]) {
      found.fault(3, LINKS, "link_broken", {number});
    }
    compareHead(number, value.hash, heads, found);
    before = [number, value.hash];
    leaves.set(number, new Set(value.leaves ?? []));
    found.links += 1;
  }
  const {head} = found.manifest;
  if (before && (before[0] !== head.number || before[1] !== head.hash)) {
    found.fault(3, LINKS, "links_head");
  }
  const recorded = new Map();
  for await (const [n, value, , [said, leaf]] of archive.objects(ENTRIES, 4, inner, true)) {
    if (said === null || !isEntry(value, said)) {
      found.fault(4, ENTRIES, "line_shape", {n});
      continue;
    }
    found.entries += 1;
    if (!leaves.get(value.link)?.has(leaf)) {
      found.fault(4, ENTRIES, "entry_link", {entry: said.id, number: value.link});
    }
    const words = own(said.ids, "words");
    const number = own(said.ids, "comment_id");
    if (isNumber(number) && typeof words === "string") recorded.set(number, words);
  }
  await checkWords1(archive, recorded, found);
}

async function checkWords1(archive, recorded, found) {
  const prepare = async (comment) => {
    const key = own(comment, "key");
    if (!isHash(key)) return "";
    const value = {
      proposal: own(comment, "proposal") ?? null, text: own(comment, "text") ?? null,
    };
    return digestOf({key, value});
  };
  for await (const [n, comment, , made] of archive.objects(COMMENTS, 6, prepare, true)) {
    const number = own(comment, "id");
    if (!isNumber(number)) {
      found.fault(6, COMMENTS, "line_shape", {n});
      continue;
    }
    const digest = recorded.get(number);
    const words = own(comment, "words");
    if (digest === undefined) continue;
    if (made) {
      if (made === digest) found.words1 += 1;
      else found.fault(6, COMMENTS, "words_1", {number});
    } else if (isSet(words) && words !== digest) {
      found.fault(6, COMMENTS, "hash_1", {number});
    }
  }
}

// --- All of it -----------------------------------------------------------------------------------

async function verify(blob, {manifest = "", heads = []} = {}) {
  const found = new Found();
  try {
    const archive = new Archive(blob, found);
    await archive.open();
    await verifyOpened(archive, manifest, new Map(heads), found);
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    found.isStopped = true;
  }
  return found;
}

async function verifyOpened(archive, manifest, heads, found) {
  found.isGiven = Boolean(manifest || heads.size);
  await checkFiles(archive, found);
  if (manifest) {
    if (manifest === found.manifestHash) found.compared += 1;
    else found.fault(2, MANIFEST, "manifest_other");
  }
  if (found.manifest.format === FORMAT_1) {
    await checkFormat1(archive, heads, found);
    return;
  }
  const chain = await readEntries(archive, found);
  await checkLinks(archive, chain, heads, found);
  const record = await checkRecords(archive, chain, found);
  const named = await checkThings(archive, chain, record, found);
  checkDates(chain, record, found);
  await checkReports(archive, named, found);
}

return {verify, lines};
})();

// --- The page ------------------------------------------------------------------------------------

(() => {
const form = document.querySelector("#verify");
if (!form) return;
const [file, manifest, heads, said, status] =
  ["file", "manifest", "heads", "said", "status"].map((id) => document.getElementById(id));
const switches = document.querySelectorAll("[data-lang]");
const WORDS = {
  uk: {
    works: "Перевіряємо…",
    whole: "Порушень немає.",
    broken: "Є порушення.",
    none: "Оберіть файл.",
    hash: "Хеш маніфесту – це 64 шістнадцяткові цифри.",
    heads: "Ланка – це її номер, двокрапка і 64 шістнадцяткові цифри.",
    unable: "Файл не вдалося прочитати: ",
    old: "Цей браузер застарий, або сторінку відкрито без HTTPS. Збережіть її й відкрийте з файлу.",
  },
  en: {
    works: "Verifying…",
    whole: "No faults.",
    broken: "There are faults.",
    none: "Choose a file.",
    hash: "The manifest's hash is 64 hexadecimal digits.",
    heads: "A link is its number, a colon and 64 hexadecimal digits.",
    unable: "The file could not be read: ",
    old: "This browser is too old, or the page came without HTTPS. Save it, and open the file.",
  },
};
let lang = "uk";
let found = null;
let state = "";
let reason = "";

/** What was found, in the language that is chosen. */
function show() {
  status.textContent = state ? WORDS[lang][state] + reason : "";
  status.dataset.state = state;
  const rows = found ? VicheVerifier.lines(found, lang) : [];
  said.replaceChildren(...rows.map((row) => {
    const item = document.createElement("li");
    item.textContent = row;
    return item;
  }));
  said.hidden = !rows.length;
}

function choose(chosen) {
  lang = chosen;
  document.documentElement.lang = lang;
  for (const each of document.querySelectorAll("[data-for]")) each.hidden = each.dataset.for !== lang;
  for (const each of switches) each.setAttribute("aria-pressed", String(each.dataset.lang === lang));
  document.title = document.querySelector(`h1 [data-for="${lang}"]`).textContent;
  show();
}

function say(code, more = "") {
  state = code;
  reason = more;
  show();
}

async function run() {
  found = null;
  const isAble = window.crypto?.subtle && window.DecompressionStream && Object.hasOwn;
  if (!isAble) return say("old");
  const hash = manifest.value.trim().toLowerCase();
  const given = heads.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
  if (!file.files.length) return say("none");
  if (hash && !/^[0-9a-f]{64}$/.test(hash)) return say("hash");
  if (!given.every((each) => /^[0-9]{1,15}:[0-9a-f]{64}$/.test(each))) return say("heads");
  say("works");
  try {
    const pairs = given.map((each) => [Number(each.split(":")[0]), each.split(":")[1]]);
    found = await VicheVerifier.verify(file.files[0], {manifest: hash, heads: pairs});
    return say(found.total ? "broken" : "whole");
  } catch (error) {
    return say("unable", String(error.message));
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  run();
});
for (const each of switches) each.addEventListener("click", () => choose(each.dataset.lang));
choose(new URLSearchParams(location.search).get("lang") === "en" ? "en" : "uk");
})();

// Opens what HPKE (RFC 9180) has sealed, in one call, by the suite of secret polls: DHKEM(X25519, HKDF-SHA256),
// HKDF-SHA256, AES-256-GCM, base mode. All primitives are the browser's; tests/votes/test_hpke.py holds this file
// to the vectors of the RFC.
const SUITE = [0, 0x20, 0, 1, 0, 2];
const text = (words) => new TextEncoder().encode(words);
const KEM_ID = [...text("KEM"), 0, 0x20];
const HPKE_ID = [...text("HPKE"), ...SUITE];

export const hexOf = (bytes) => [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
export const bytesOf = (hex) => Uint8Array.from(hex.match(/../g) ?? [], (digits) => Number.parseInt(digits, 16));
const url64 = (bytes) => btoa(String.fromCharCode(...bytes)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
const joined = (...parts) => new Uint8Array(parts.flatMap((part) => [...part]));

/** A new pair: { public, private }, 32 bytes each. */
export async function newPair() {
  const pair = await crypto.subtle.generateKey({ name: "X25519" }, true, ["deriveBits"]);
  const { d, x } = await crypto.subtle.exportKey("jwk", pair.privateKey);
  const [secret, open] = [d, x].map((part) =>
    Uint8Array.from(atob(part.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0)),
  );
  return { public: open, private: secret };
}

async function mac(key, message) {
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const imported = await crypto.subtle.importKey("raw", key.length ? key : new Uint8Array(32), algorithm, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", imported, message));
}

const extract = (id, salt, label, material) => mac(salt, joined(text("HPKE-v1"), id, text(label), material));

/** At most 32 bytes, as long as one block of the hash. */
async function expand(id, key, label, info, length) {
  const block = await mac(key, joined([0, length], text("HPKE-v1"), id, text(label), info, [1]));
  return block.slice(0, length);
}

/** The words in `sealed` (an encapsulated key, then what is sealed); throws where the pair does not open it. */
export async function open(pair, sealed, info) {
  const encapsulated = sealed.slice(0, 32);
  const key = await crypto.subtle.importKey(
    "jwk",
    { kty: "OKP", crv: "X25519", d: url64(pair.private), x: url64(pair.public) },
    { name: "X25519" },
    false,
    ["deriveBits"],
  );
  const theirs = await crypto.subtle.importKey("raw", encapsulated, { name: "X25519" }, false, []);
  const shared = new Uint8Array(await crypto.subtle.deriveBits({ name: "X25519", public: theirs }, key, 256));
  const agreed = await extract(KEM_ID, [], "eae_prk", shared);
  const secretOfKem = await expand(KEM_ID, agreed, "shared_secret", joined(encapsulated, pair.public), 32);
  const context = joined(
    [0],
    await extract(HPKE_ID, [], "psk_id_hash", []),
    await extract(HPKE_ID, [], "info_hash", text(info)),
  );
  const secret = await extract(HPKE_ID, secretOfKem, "secret", []);
  const cipher = await expand(HPKE_ID, secret, "key", context, 32);
  const nonce = await expand(HPKE_ID, secret, "base_nonce", context, 12);
  const aes = await crypto.subtle.importKey("raw", cipher, "AES-GCM", false, ["decrypt"]);
  return new TextDecoder().decode(await crypto.subtle.decrypt({ name: "AES-GCM", iv: nonce }, aes, sealed.slice(32)));
}

/** A Property on the wire: an object keyed by tag number. */
export interface Property {
  [tag: number]: unknown;
}

/** A request of a client, read from `{"SER","SID","CID","Q"}`. */
export interface ClientRequest {
  sid: number;
  cid: number;
  /** `sid_cid`, as the protocol document writes commands. */
  command: string;
  ser: number;
  items: unknown[];
}

/** A reply or push before encoding. `r` is the list of response items. */
export interface ServerPacket {
  sid: number;
  cid: number;
  ser: number;
  code: number;
  r: unknown[];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Unwraps `{t, v}` of items and of the elements of a PropertyArray; only `v` matters. */
function unwrapItem(item: unknown): unknown {
  if (!isRecord(item) || !('v' in item)) return item;
  const value = item['v'];
  return item['t'] === 'ArrayMable' && Array.isArray(value) ? value.map(unwrapItem) : value;
}

/** Reads a client packet. Returns undefined for anything else; never throws. */
export function decodeRequest(json: string): ClientRequest | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch {
    return undefined;
  }
  if (!isRecord(parsed)) return undefined;
  const sid = Number(parsed['SID']);
  const cid = Number(parsed['CID']);
  const ser = Number(parsed['SER'] ?? 0);
  if (![sid, cid, ser].every(Number.isSafeInteger)) return undefined;
  const queue = parsed['Q'];
  const items = Array.isArray(queue) ? queue.map(unwrapItem) : [];
  return { sid, cid, command: `${sid}_${cid}`, ser, items };
}

/** Writes a server packet. */
export function encodePacket(packet: ServerPacket): string {
  return JSON.stringify(packet);
}

/** Splits `sid_cid`. */
export function parseCommand(command: string): { sid: number; cid: number } {
  const [sid = '0', cid = '0'] = command.split('_');
  return { sid: Number(sid), cid: Number(cid) };
}

import type { Random } from '../../emulator/faults/random';
import type { WxOptions } from '../wx';
import { alterJson, alterText, type Json, pick, textOf, VALUES } from './json-fuzz';

export type InputKind =
  'storage' | 'app server' | 'configuration' | 'LBS' | 'result of wx' | 'page';

const LBS = /\/lbs\b|\/lbs\/|lbs\?/;
const CONFIGURATION = /\/config(\?|$)/;
const NETWORKS = ['wifi', '5g', 'none', 'unknown', '', '\u0000', 'toString'];
const STATUSES = [200, 200, 200, 200, 204, 301, 400, 401, 403, 404, 416, 500, 502, 0];
/**
 * The upload policies that both SDKs store: with a value of another shape they reject a promise of their own, which
 * nobody holds, and fetch the policy anew at the next upload.
 */
const UPLOAD_POLICIES = /gray|mixstore/i;
/** Keys of other versions of the app, of the SDKs, and values that no version wrote. */
const RAW_VALUES: readonly unknown[] = [
  1,
  true,
  null,
  {},
  [],
  { length: 1 },
  new ArrayBuffer(4),
  '',
];

/** Changes inputs of the app other than frames: answers, storage entries, results of `wx`, parameters of pages. */
export class InputFuzz {
  /** Share of the inputs that are changed. */
  share = 0;
  readonly counts: Partial<Record<InputKind, number>> = {};
  /** The last changed inputs, for a failure text. */
  readonly last: string[] = [];

  constructor(readonly random: Random) {}

  get changed(): number {
    return Object.values(this.counts).reduce((sum, count) => sum + count, 0);
  }

  note(kind: InputKind, what: string): void {
    this.counts[kind] = (this.counts[kind] ?? 0) + 1;
    this.last.push(`${kind}: ${what}`.slice(0, 300));
    if (this.last.length > 10) this.last.shift();
  }

  private isChanged(): boolean {
    return this.random() < this.share;
  }

  readonly alterAnswer: NonNullable<WxOptions['alterAnswer']> = (url, answer) => {
    const { pathname } = new URL(url);
    // The handshake of the link is a part of its frames.
    if (pathname.startsWith('/socket.io') || !this.isChanged()) return answer;
    const changed =
      this.random() < 0.25
        ? { ...answer, statusCode: pick(STATUSES, this.random) }
        : { ...answer, body: alterText(answer.body, this.random) };
    const kind = CONFIGURATION.test(url) ? 'configuration' : LBS.test(url) ? 'LBS' : 'app server';
    this.note(kind, `${pathname} ${changed.statusCode} ${changed.body}`);
    return changed;
  };

  readonly alterResult: NonNullable<WxOptions['alterResult']> = (name, result) => {
    if (!this.isChanged()) return result;
    const changed = alterJson(result as Json, this.random);
    this.note('result of wx', `${name} ${JSON.stringify(changed)}`);
    // A result is an object in every version of WeChat.
    const fields =
      typeof changed === 'object' && changed !== null && !Array.isArray(changed) ? changed : {};
    // Both SDKs call methods of this text, in a callback that nothing of the app surrounds.
    return name === 'getNetworkType'
      ? { ...fields, networkType: pick(NETWORKS, this.random) }
      : fields;
  };

  /** Changes some entries of a storage, and adds some that a key of the app may have. */
  alterStorage(storage: Map<string, unknown>, share = 0.35): void {
    for (const [key, value] of [...storage]) {
      if (UPLOAD_POLICIES.test(key) || this.random() >= share) continue;
      const changed =
        typeof value === 'string' && this.random() < 0.85
          ? alterText(value, this.random)
          : pick<unknown>([...RAW_VALUES, pick(VALUES, this.random)], this.random);
      storage.set(key, changed);
      this.note(
        'storage',
        `${key} ${typeof changed === 'string' ? changed : JSON.stringify(changed)}`,
      );
    }
  }

  /** A query with changed values; `%` may be cut, and names may be missing or new. */
  alterQuery(query: Readonly<Record<string, string>>): string {
    const { random } = this;
    const pairs = Object.entries(query).flatMap(([name, value]) => {
      if (random() < 0.15) return [];
      if (random() < 0.25) return [`${name}=${encodeURIComponent(value)}`];
      const raw = pick(
        [
          () => '%E0%A4%A',
          () => '',
          () => encoded(alterText(value, random)),
          () => encoded(textOf(pick(VALUES, random))),
          () => encodeURIComponent(value.slice(0, Math.floor(random() * value.length))),
          () => encodeURIComponent('../../../etc/passwd'),
          () => 'undefined',
        ],
        random,
      )();
      return [`${name}=${raw.slice(0, 2000)}`];
    });
    if (random() < 0.2) pairs.push('__proto__=1', 'constructor=x');
    return pairs.join('&');
  }
}

/** A lone surrogate cannot be encoded. */
function encoded(text: string): string {
  return encodeURIComponent(Buffer.from(text).toString('utf8'));
}

import { ALLOWED_TEXTS } from '../vendor-addresses';
import type { BuiltPackage } from './built-package';
import type { Found } from './finding';

const PART = '(?:\\.\\d{1,3})';
/** Addresses of this machine or of a private network. */
const LOCAL = new RegExp(
  `(?<![\\w.])(?:localhost|127${PART}{3}|0\\.0\\.0\\.0|10${PART}{3}|192\\.168${PART}{2}|172\\.(?:1[6-9]|2\\d|3[01])${PART}{2}|\\[::1\\])(?![\\w.])`,
  'i',
);
const EMULATOR = /emulator-appkey/;
const PLAIN = /\b(?:http|ws):\/\/[a-z0-9[][^\s"'`<>)]*/gi;

/** Checks that the package has no address of the emulator or of this machine. */
export function checkLocalAddresses(built: BuiltPackage): Found[] {
  return built.pieces().flatMap(({ file, start, text }): Found[] => {
    const [local] = LOCAL.exec(text) ?? EMULATOR.exec(text) ?? [];
    if (local === undefined) return [];
    return [
      {
        ...built.placeOf(file, { start }),
        message: `"${excerpt(text, local)}" is an address of this machine or of the emulator`,
        fix: `Write the real address into ${built.envFile}, or take it out of the code, and build again.`,
      },
    ];
  });
}

/** WeChat allows https and wss only. */
export function checkPlainAddresses(built: BuiltPackage): Found[] {
  return built.pieces().flatMap(({ file, start, text }) =>
    [...text.matchAll(PLAIN)]
      .map(([address]) => address)
      .filter((address) => !ALLOWED_TEXTS.some((allowed) => allowed.text.test(address)))
      .map((address): Found => ({
        ...built.placeOf(file, { start }),
        message: `"${address.slice(0, 80)}" is not encrypted; WeChat refuses it`,
        fix: 'Write https:// or wss://; a name that is never asked for goes into scripts/lib/vendor-addresses.ts with the reason.',
      })),
  );
}

function excerpt(text: string, found: string): string {
  const at = text.indexOf(found);
  return text.slice(Math.max(0, at - 30), at + found.length + 30);
}

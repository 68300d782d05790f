import '@/connection/room-reasons';
import { allReasons } from '@/connection';
import '@/connection/team-reasons';
import { Code } from '@/sdk/codes';

/** Codes from here on are WeChat's and the client's own; the SDK does not know them. */
const FIRST_OF_WECHAT = 600_000;

const codes = Object.entries(Code);

// The ESM build reads a global `self` while it is evaluated.
Object.assign(globalThis, { self: undefined });
const { V2NIMConst } = jest.requireActual<{
  V2NIMConst: { V2NIMErrorCode: Record<string, number> };
}>('nim-web-sdk-ng/dist/esm/nim');

/** The SDK's name of a code, `V2NIM_ERROR_CODE_ILLEGAL_STATE`, as `illegalState`. */
const sdkNames = new Map(
  Object.entries(V2NIMConst.V2NIMErrorCode).map(([name, code]) => [
    code,
    name
      .replace('V2NIM_ERROR_CODE_', '')
      .toLowerCase()
      .replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase()),
  ]),
);

test('each code has the name that the SDK gives it', () => {
  const known = codes.filter(([, code]) => code < FIRST_OF_WECHAT && sdkNames.has(code));
  expect(known.length).toBeGreaterThan(20);
  for (const [name, code] of known) expect([code, name]).toEqual([code, sdkNames.get(code)]);
});

test('each code has a row in the reasons table, and no two names have the same code', () => {
  const rows = allReasons().map(({ code }) => code);
  for (const [name, code] of codes) expect([name, rows.includes(code)]).toEqual([name, true]);
  expect(new Set(codes.map(([, code]) => code)).size).toBe(codes.length);
});

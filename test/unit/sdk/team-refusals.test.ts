import { reasonOf } from '@/connection';
import '@/connection/team-reasons';

// The ESM build reads a global `self` while it is evaluated.
Object.assign(globalThis, { self: undefined });
const { V2NIMConst } = jest.requireActual<{
  V2NIMConst: { V2NIMErrorCode: Record<string, number> };
}>('nim-web-sdk-ng/dist/esm/nim');

/** The codes of teams (108xxx) and of their members (109xxx) that the SDK knows. */
const CODES = Object.entries(V2NIMConst.V2NIMErrorCode).filter(([, code]) =>
  [108, 109].includes(Math.floor(code / 1000)),
);

test('the SDK has its codes of teams', () => {
  expect(CODES.length).toBeGreaterThan(30);
});

test.each(CODES)('%s has a text of its own in both languages', (_name, code) => {
  const unknown = reasonOf(999_999).text;
  const { zh, en } = reasonOf(code).text;
  for (const [text, general] of [
    [zh, unknown.zh],
    [en, unknown.en],
  ] as const) {
    expect(text.replace(String(code), '')).not.toBe(general.replace('999999', ''));
    expect(text).not.toContain(String(code));
  }
  expect(zh).toMatch(/[\u4e00-\u9fff]/);
  expect(en).not.toMatch(/[\u4e00-\u9fff]/);
});

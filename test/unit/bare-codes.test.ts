import { lint, type Probe } from './lint';

const RULE = 'no-restricted-syntax';

const FORBIDDEN: readonly Probe[] = [
  ['src/connection/x.ts', 'export const CANCELLED = 191002;\n'],
  ['src/sdk/x.ts', 'export const code = { code: 190001 };\n'],
  ['src/stores/x.ts', 'export const gone = (code: number) => code === 118404;\n'],
  ['src/stores/messages/x.ts', 'export const OFFLINE = [600103];\n'],
  ['src/packages/chatroom/x.ts', 'export const closed = (code: number) => code !== 113406;\n'],
  ['src/components/page/navigate.ts', 'export const CODE = 200001;\n'],
  ['src/platform/x.ts', "export const TEXTS = { 102302: 'token' };\n"],
  ['src/env/x.ts', 'export const CODE = 600100;\n'],
];

const ALLOWED: readonly Probe[] = [
  ['src/stores/x.ts', "import { Code } from '@/sdk/codes';\nexport const gone = Code.cancelled;\n"],
  ['src/stores/x.ts', 'export const LIMIT_MS = 120_000;\n'],
  ['src/stores/x.ts', 'export const codes = [302, 1026, 404];\n'],
  ['src/stores/x.ts', "export const key = 'remedy.100004';\n"],
  ['src/sdk/codes.ts', 'export const Code = { cancelled: 191002 } as const;\n'],
  ['src/connection/reasons.ts', 'export const ROWS = [{ code: 191002 }];\n'],
  ['src/platform/wx-failure.ts', 'export const CODES = { denied: 600203 };\n'],
  ['emulator/x.ts', 'export const CODE = 191002;\n'],
  ['test/unit/x.ts', 'export const CODE = 191002;\n'],
];

describe('src writes six-digit codes by name', () => {
  const broken = lint([...FORBIDDEN, ...ALLOWED]);

  it.each(FORBIDDEN.map(([file, code], index) => [file, code.trim(), index] as const))(
    'in %s: refuses %s',
    (_file, _code, index) => {
      expect(broken[index]).toContain(RULE);
    },
  );

  it.each(ALLOWED.map(([file, code], index) => [file, code.trim(), index] as const))(
    'in %s: allows %s',
    (_file, _code, index) => {
      expect(broken[FORBIDDEN.length + index]).not.toContain(RULE);
    },
  );
});

import { lint, type Probe } from './lint';

/** Each line has a file of a layer and an import that the layer must not have. */
const FORBIDDEN: [file: string, imported: string][] = [
  ['src/packages/chat/x.tsx', 'nim-web-sdk-ng/dist/esm/nim'],
  ['src/packages/chat/x.tsx', 'nim-web-sdk-ng'],
  ['src/components/x.tsx', 'nim-web-sdk-ng'],
  ['src/components/x.tsx', '@/packages/chat/index'],
  ['src/stores/x.ts', 'react'],
  ['src/stores/x.ts', '@tarojs/taro'],
  ['src/stores/x.ts', '@/components/ui/avatar'],
  ['src/connection/x.ts', 'react'],
  ['src/connection/x.ts', 'mobx'],
  ['src/connection/x.ts', '@tarojs/taro'],
  ['src/connection/x.ts', '@/stores/app/root'],
  ['src/connection/x.ts', 'nim-web-sdk-ng'],
  ['src/sdk/x.ts', 'mobx'],
  ['src/sdk/x.ts', 'react'],
  ['src/sdk/x.ts', '@/connection'],
  ['src/platform/x.ts', '@tarojs/taro'],
  ['src/platform/x.ts', '@/sdk'],
  ['src/env/x.ts', '@/connection'],
  ['src/stores/messages/x.ts', '../chat/chat'],
  ['src/stores/messages/x.ts', '@/stores'],
  ['src/stores/messages/kinds/x.ts', '../../chat/chat'],
  ['src/stores/x.ts', '../../emulator'],
  ['emulator/x.ts', '@/connection'],
  ['emulator/x.ts', '../src/sdk'],
  ['emulator/x.ts', 'nim-web-sdk-ng'],
];

const ALLOWED: [file: string, imported: string][] = [
  ['src/sdk/x.ts', 'nim-web-sdk-ng/dist/esm/nim'],
  ['src/packages/chat/x.tsx', '@/stores/app/root'],
  ['src/stores/x.ts', '@/connection'],
  ['src/stores/messages/x.ts', '@/connection'],
  ['src/stores/messages/kinds/x.ts', '../timeline'],
  ['src/stores/x.ts', 'mobx'],
  ['src/connection/x.ts', '@/sdk'],
  ['src/packages/chatroom/sdk.ts', 'nim-web-sdk-ng/dist/v2/CHATROOM_MINIAPP_SDK'],
];

type Pair = [file: string, imported: string];

const importing = ([file, imported]: Pair): Probe => [
  file,
  `import * as x from '${imported}';\nexport default x;\n`,
];

describe('imports go only to lower layers', () => {
  const broken = lint([...FORBIDDEN, ...ALLOWED].map(importing));

  it.each(FORBIDDEN.map((pair, index) => [...pair, index] as const))(
    '%s must not import %s',
    (_file, _imported, index) => {
      expect(broken[index]).toContain('no-restricted-imports');
    },
  );

  it.each(ALLOWED.map((pair, index) => [...pair, index] as const))(
    '%s may import %s',
    (_file, _imported, index) => {
      expect(broken[FORBIDDEN.length + index]).toEqual([]);
    },
  );
});

import js from '@eslint/js';
import hooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

/**
 * Imports go down only:
 * pages, packages -> components -> stores -> connection -> sdk -> platform, env, i18n.
 * Each entry names the imports that are forbidden in its folder; test/unit/layers.test.ts proves each rule.
 */
const SDK = {
  group: ['nim-web-sdk-ng', 'nim-web-sdk-ng/**'],
  message: 'Only src/sdk (and the chatroom package) import the SDK.',
};
const VIEW = {
  group: ['react', 'react/**', 'react-dom', '@tarojs/**'],
  message: 'This layer knows no React and no Taro.',
};
const MOBX = { group: ['mobx', 'mobx-react-lite'], message: 'This layer knows no MobX.' };
const above = (...folders) => ({
  group: folders.flatMap((folder) => [
    `@/${folder}`,
    `@/${folder}/**`,
    `**/../${folder}/**`,
    `../${folder}`,
  ]),
  message: 'Imports run down only: see docs/architecture.md.',
});
const EMULATOR = {
  group: ['**/emulator', '**/emulator/**'],
  message: 'The app imports nothing from the emulator.',
};
const layer = (files, patterns, ignores = []) => ({
  files,
  ignores,
  rules: { 'no-restricted-imports': ['error', { patterns: [EMULATOR, ...patterns] }] },
});
const LAYERS = ['pages', 'packages', 'components', 'stores', 'connection', 'sdk'];
const upFrom = (name) => above(...LAYERS.slice(0, LAYERS.indexOf(name)));

/** The engine serves chats, teams and rooms: it imports no store of a kind of conversation. */
const outside = (regex) => ({
  regex,
  message: 'src/stores/messages imports only platform, connection errors and sdk types.',
});

/** Calls to WeChat that answer at once or take a callback; every other call returns a promise that may reject. */
const AT_ONCE =
  '/^(nextTick|createSelectorQuery|createIntersectionObserver|getCurrentPages|getCurrentInstance|' +
  'getWindowInfo|getAppBaseInfo|getFileSystemManager|createInnerAudioContext|getRecorderManager|pxTransform|canIUse|on[A-Z].*|off[A-Z].*|.*Sync)$/';
const OF_WECHAT = '[callee.object.name=/^(Taro|wx)$/]';
const WRAPPED =
  'CallExpression[callee.name=/^wx(Call|Ask|Task)$/] > ArrowFunctionExpression > CallExpression';
const NAVIGATION = '/^(navigateTo|redirectTo|switchTab|reLaunch|navigateBack)$/';
/** Proved by test/unit/wx-calls.test.ts. */
const BARE_CALLS = [
  {
    selector: `CallExpression${OF_WECHAT}:not([callee.property.name=${AT_ONCE}]):not([callee.property.name=${NAVIGATION}]):not(${WRAPPED})`,
    message:
      'WeChat refuses, throws or never answers: wxCall(() => ...) of src/components/page/wx-call.ts.',
  },
  {
    selector: 'VariableDeclarator[init.name=/^(Taro|wx)$/]',
    message: 'Write Taro.x(): calls to WeChat are to be found by their name.',
  },
  {
    selector:
      "ImportDeclaration[importKind!='type'][source.value='@tarojs/taro'] > ImportSpecifier[importKind!='type']:not([imported.name=/^use[A-Z]/])",
    message: 'Write Taro.x(): calls to WeChat are to be found by their name.',
  },
];
/** Proved by test/unit/bare-codes.test.ts. A number with separators (`120_000`) is no code. */
const BARE_CODES = {
  selector: 'Literal[raw=/^(1[0-9]|20|60)[0-9]{4}$/]',
  message: 'Write Code.name: six-digit codes have their names in src/sdk/codes.ts.',
};
const BARE_NAVIGATION = {
  selector: `CallExpression${OF_WECHAT}[callee.property.name=${NAVIGATION}]`,
  message: 'Pages open through src/components/page/navigate.ts: a tap opens one page.',
};

export default tseslint.config(
  { ignores: ['**/dist/**', 'node_modules/**', '.cache/**', 'artifacts/**', 'ci/node_modules/**'] },
  js.configs.recommended,
  ...tseslint.configs.strict,
  {
    languageOptions: {
      globals: {
        defineAppConfig: 'readonly',
        definePageConfig: 'readonly',
        wx: 'readonly',
        process: 'readonly',
        console: 'readonly',
        module: 'readonly',
        require: 'readonly',
        __dirname: 'readonly',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
      },
    },
    rules: {
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_' },
      ],
      '@typescript-eslint/no-extraneous-class': 'off',
      '@typescript-eslint/no-dynamic-delete': 'off',
      '@typescript-eslint/no-invalid-void-type': 'off',
      '@typescript-eslint/unified-signatures': 'off',
      // prettier wraps code at 100 columns and leaves comments as they are.
      'max-len': ['error', { code: 10_000, comments: 120, ignoreUrls: true }],
    },
  },
  {
    files: ['examples/**/*.js'],
    languageOptions: {
      globals: {
        App: 'readonly',
        Page: 'readonly',
        getApp: 'readonly',
        getCurrentPages: 'readonly',
      },
    },
  },
  { files: ['**/*.{js,cjs}'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
  {
    files: ['src/**/*.tsx'],
    plugins: { 'react-hooks': hooks },
    rules: { 'react-hooks/rules-of-hooks': 'error', 'react-hooks/exhaustive-deps': 'error' },
  },
  {
    files: ['src/**'],
    // These files hold the names, the texts, and WeChat's failures, which are below src/sdk.
    ignores: [
      'src/sdk/codes.ts',
      'src/sdk/service-rows.ts',
      'src/connection/reasons.ts',
      'src/connection/team-reasons.ts',
      'src/connection/room-reasons.ts',
      'src/platform/wx-failure.ts',
    ],
    rules: { 'no-restricted-syntax': ['error', BARE_CODES] },
  },
  {
    files: ['src/{pages,packages,components}/**', 'src/*.{ts,tsx}'],
    rules: { 'no-restricted-syntax': ['error', BARE_CODES, ...BARE_CALLS, BARE_NAVIGATION] },
  },
  {
    files: ['src/components/page/{navigate,host-navigation}.ts'],
    rules: { 'no-restricted-syntax': ['error', BARE_CODES, ...BARE_CALLS] },
  },
  layer(
    ['src/pages/**', 'src/packages/**', 'src/components/**', 'src/app.tsx'],
    [SDK],
    ['src/packages/chatroom/sdk.ts', 'src/packages/chatroom/sdk-types.ts'],
  ),
  layer(['src/components/**'], [SDK, upFrom('components')]),
  layer(['src/stores/**'], [SDK, VIEW, upFrom('stores')]),
  layer(
    ['src/stores/messages/*'],
    [SDK, VIEW, upFrom('stores'), outside('^\\.\\./|^@/(stores|connection/)')],
  ),
  layer(
    ['src/stores/messages/*/**'],
    [SDK, VIEW, upFrom('stores'), outside('^\\.\\./\\.\\./|^@/(stores|connection)')],
  ),
  layer(['src/connection/**'], [SDK, VIEW, MOBX, upFrom('connection')]),
  layer(['src/sdk/**'], [VIEW, MOBX, upFrom('sdk')]),
  layer(['src/platform/**', 'src/env/**', 'src/i18n/**'], [SDK, MOBX, VIEW, above(...LAYERS)]),
  {
    files: ['emulator/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            SDK,
            { group: ['@/**', '**/src/**'], message: 'The emulator imports nothing from src/.' },
          ],
        },
      ],
    },
  },
);

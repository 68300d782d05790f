import js from '@eslint/js';
import hooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

/**
 * Imports run one way, down:
 * pages, packages -> components -> stores -> connection -> sdk -> platform, env, i18n.
 * Each entry names what its folder must NOT import; test/unit/layers.test.ts proves that each rule bites.
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

export default tseslint.config(
  { ignores: ['dist/**', 'node_modules/**', '.cache/**', 'artifacts/**', 'ci/node_modules/**'] },
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
    },
  },
  { files: ['**/*.{js,cjs}'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
  {
    files: ['src/**/*.tsx'],
    plugins: { 'react-hooks': hooks },
    rules: { 'react-hooks/rules-of-hooks': 'error', 'react-hooks/exhaustive-deps': 'error' },
  },
  layer(
    ['src/pages/**', 'src/packages/**', 'src/components/**', 'src/app.tsx'],
    [SDK],
    ['src/packages/chatroom/sdk.ts'],
  ),
  layer(['src/components/**'], [SDK, upFrom('components')]),
  layer(['src/stores/**'], [SDK, VIEW, upFrom('stores')]),
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

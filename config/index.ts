import path from 'node:path';
import { defineConfig, type UserConfigExport } from '@tarojs/cli';
import { refuseSecrets } from './no-secrets';

/**
 * One configuration for both targets: `dist/weapp` (WeChat) and `dist/h5` (the browser).
 * Why webpack5 and why `optimizeMainPackage`: docs/decisions/001-toolchain.md.
 */
export default defineConfig<'webpack5'>(async () => {
  // Taro has read the .env files: whatever starts with TARO_APP_ may go into the package.
  refuseSecrets(process.env);
  const target = process.env.TARO_ENV ?? 'weapp';
  // Another app may be built the same way: the benches compare with an empty one.
  const sourceRoot = process.env.APP_SOURCE_ROOT ?? 'src';
  const source = path.resolve(__dirname, '..', sourceRoot);
  const roomKit = path.resolve(
    __dirname,
    '..',
    process.env.TARO_APP_ROOM_KIT || `${sourceRoot}/packages/meeting/kit.ts`,
  );
  // Taro compiles what lies in the source folder; the product's file may lie beside it.
  const compile = { include: [path.dirname(roomKit)] };
  const baseConfig: UserConfigExport<'webpack5'> = {
    projectName: 'yunxin-miniprogram',
    date: '2026-11-21',
    designWidth: 375,
    deviceRatio: { 375: 2, 640: 2.34 / 2, 750: 1, 828: 1.81 / 2 },
    sourceRoot,
    outputRoot: process.env.APP_OUTPUT_ROOT ?? `dist/${target}`,
    plugins:
      target === 'weapp'
        ? [path.resolve(__dirname, 'aria'), path.resolve(__dirname, 'sdk-file')]
        : [],
    defineConstants: {},
    alias: {
      '@': source,
      // docs/im-reuse.md: the product's file, and whether it belongs to the start of the app.
      '@room-kit': roomKit,
      '@plug-in-room-kit': path.resolve(
        source,
        process.env.TARO_APP_ROOM_KIT_AT_START === 'on'
          ? 'packages/meeting/at-start.ts'
          : 'no-room-kit.ts',
      ),
    },
    copy: { patterns: [], options: {} },
    framework: 'react',
    compiler: { type: 'webpack5', prebundle: { enable: false } },
    cache: { enable: false },
    // Chinese stays Chinese: as \uXXXX every character costs twice its bytes.
    terser: { enable: true, config: { output: { ascii_only: false } } },
    mini: {
      compile,
      optimizeMainPackage: { enable: true },
      postcss: {
        pxtransform: { enable: true, config: {} },
        cssModules: { enable: false },
      },
    },
    h5: {
      compile,
      publicPath: './',
      staticDirectory: 'static',
      router: { mode: 'hash' },
      output: { filename: 'js/[name].[hash:8].js', chunkFilename: 'js/[name].[chunkhash:8].js' },
      miniCssExtractPluginOption: {
        ignoreOrder: true,
        filename: 'css/[name].[hash].css',
        chunkFilename: 'css/[name].[chunkhash].css',
      },
      postcss: {
        autoprefixer: { enable: true, config: {} },
        pxtransform: { enable: true, config: {} },
        cssModules: { enable: false },
      },
    },
  };
  return baseConfig;
});

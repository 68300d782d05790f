import { existsSync } from 'node:fs';
import path from 'node:path';
import { defineConfig, type UserConfigExport } from '@tarojs/cli';
import { placeOf } from './embed/place';
import { refuseSecrets } from './no-secrets';
import { productEnv, readProduct, sassOptions } from './product';
import { TEMPLATE_LEVELS } from './template-levels';

/**
 * Taro disables most of terser's rewriting for engines of 2015, but .browserslistrc requires iOS 12 only. Chinese stays
 * unescaped: as \uXXXX every character costs twice its bytes.
 */
const MINIFIER = {
  compress: {
    ecma: 2017,
    passes: 2,
    arrows: true,
    collapse_vars: true,
    comparisons: true,
    computed_props: true,
    hoist_props: true,
    inline: true,
    loops: true,
    negate_iife: true,
    properties: true,
    reduce_funcs: true,
    reduce_vars: true,
    switches: true,
    typeofs: true,
  },
  output: { ecma: 2017, ascii_only: false },
};

/**
 * One configuration for both targets: `dist/weapp` (WeChat) and `dist/h5` (the browser).
 * Why webpack5 and why `optimizeMainPackage`: docs/decisions/001-toolchain.md.
 */
export default defineConfig<'webpack5'>(async () => {
  // Taro has read the .env files by now: every variable that starts with TARO_APP_ may go into the package.
  refuseSecrets(process.env);
  const target = process.env.TARO_ENV ?? 'weapp';
  // src/app.config.ts reads these values, and the sources get them as constants.
  const configured = readProduct();
  const product = productEnv(configured);
  Object.assign(process.env, product);
  // The benches build an empty app in the same way to compare with it.
  const sourceRoot = process.env.APP_SOURCE_ROOT ?? 'src';
  const outputRoot = process.env.APP_OUTPUT_ROOT ?? `dist/${target}`;
  const source = path.resolve(__dirname, '..', sourceRoot);
  // Root of the sub-package that the build becomes in another mini-program (scripts/embed.ts); empty for an own app.
  const embedRoot = process.env.APP_EMBED_ROOT ?? '';
  // A path in the package, because WeChat plays no address of data.
  const sound = {
    from: `${sourceRoot}/assets/notice.wav`,
    to: `${outputRoot}/assets/notice.wav`,
  };
  const meetingKit = path.resolve(
    __dirname,
    '..',
    process.env.TARO_APP_MEETING_KIT || `${sourceRoot}/packages/meeting/kit.ts`,
  );
  // Taro compiles the source folder only; the product's file may be in another folder, and uqr is newer than ES2019.
  const compile = {
    include: [
      path.dirname(meetingKit),
      (file: string) => file.includes(`${path.sep}node_modules${path.sep}uqr${path.sep}`),
    ],
  };
  const baseConfig: UserConfigExport<'webpack5'> = {
    projectName: 'yunxin-miniprogram',
    date: '2026-11-21',
    designWidth: 375,
    deviceRatio: { 375: 2, 640: 2.34 / 2, 750: 1, 828: 1.81 / 2 },
    sourceRoot,
    outputRoot,
    plugins:
      target === 'weapp'
        ? [
            path.resolve(__dirname, 'product/files'),
            path.resolve(__dirname, 'templates'),
            path.resolve(__dirname, 'sdk-file'),
            ...(embedRoot ? [path.resolve(__dirname, 'embed')] : []),
          ]
        : [path.resolve(__dirname, 'product/files')],
    env: Object.fromEntries(
      Object.entries(product).map(([name, value]) => [name, JSON.stringify(value)]),
    ),
    defineConstants: {
      'process.env.APP_EMBED_ROOT': JSON.stringify(embedRoot),
      'process.env.APP_SDK_FILE': JSON.stringify(
        embedRoot ? placeOf(embedRoot).sdkFile : './packages/sdk/nim-sdk.js',
      ),
    },
    alias: {
      '@': source,
      // docs/im-reuse.md: the product's file, and whether it is part of the start of the app.
      '@meeting-kit': meetingKit,
      '@plug-in-meeting-kit': path.resolve(
        source,
        process.env.TARO_APP_MEETING_KIT_AT_START === 'on'
          ? 'packages/meeting/at-start.ts'
          : 'no-meeting-kit.ts',
      ),
      '@embedding': path.resolve(source, embedRoot ? 'embed/index.ts' : 'no-embedding.ts'),
    },
    copy: { patterns: existsSync(sound.from) ? [sound] : [], options: {} },
    framework: 'react',
    compiler: { type: 'webpack5', prebundle: { enable: false } },
    cache: { enable: false },
    terser: { enable: true, config: MINIFIER },
    // Terser takes 118 s of a build for the browser, esbuild 2 s; the bytes of a mini-program are worth terser's time.
    jsMinimizer: target === 'h5' ? 'esbuild' : 'terser',
    esbuild: { minify: { enable: true, config: { target: 'es2018' } } },
    mini: {
      sassLoaderOption: sassOptions(configured),
      compile,
      ...{ baseLevel: TEMPLATE_LEVELS },
      optimizeMainPackage: { enable: true },
      // React sets no innerHTML: the parser of HTML is 9 KB of the main package.
      runtime: { enableInnerHTML: false },
      postcss: {
        pxtransform: { enable: true, config: {} },
        cssModules: { enable: false },
      },
    },
    h5: {
      sassLoaderOption: sassOptions(configured),
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

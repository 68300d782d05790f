import { defineConfig } from '@tarojs/cli';

export default defineConfig<'webpack5'>({
  projectName: 'shop-with-chat',
  date: '2026-11-28',
  designWidth: 375,
  deviceRatio: { 375: 2, 750: 1 },
  sourceRoot: 'src',
  outputRoot: 'dist',
  framework: 'react',
  compiler: { type: 'webpack5', prebundle: { enable: false } },
  cache: { enable: false },
  mini: {},
});

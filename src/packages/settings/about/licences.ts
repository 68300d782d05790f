/** The packages whose code is part of the app, with the licence that each names; a unit test reads their files. */
export const LICENCES: readonly (readonly [name: string, licence: string])[] = [
  ['@babel/runtime', 'MIT'],
  ['@tarojs/components', 'MIT'],
  ['@tarojs/react', 'MIT'],
  ['@tarojs/runtime', 'MIT'],
  ['@tarojs/shared', 'MIT'],
  ['@tarojs/taro', 'MIT'],
  ['mobx', 'MIT'],
  ['nim-web-sdk-ng', 'ISC'],
  ['react', 'MIT'],
  ['react-dom', 'MIT'],
  ['uqr', 'MIT'],
];

const { readFileSync } = require('node:fs');
const path = require('node:path');
const theme = require('../../src/theme.json');
const { placeOf } = require('./place');

const TYPES = path.resolve(__dirname, '../../src/embed/host-types.ts');

/**
 * Taro plugin for a build inside another mini-program (docs/decisions/017): what Taro's `newBlended` leaves undone in
 * the files. The prefix of the addresses and the missing tab bar are in the code, by `process.env.APP_EMBED_ROOT`.
 */
module.exports = (ctx) => {
  const place = placeOf(process.env.APP_EMBED_ROOT ?? '');
  ctx.modifyWebpackChain(({ chain }) => {
    // A host that is built by webpack too has a `webpackJsonp` of its own; the ids of the modules would collide.
    chain.output.set('chunkLoadingGlobal', `yunxin_${place.root.replace(/\W/g, '_')}`);
    chain.plugin('embedded-files').use(EmbeddedFiles, [place]);
  });
};

class EmbeddedFiles {
  constructor(place) {
    this.place = place;
  }

  apply(compiler) {
    const { sources, Compilation } = compiler.webpack;
    compiler.hooks.thisCompilation.tap('EmbeddedFiles', (compilation) => {
      const stage = Compilation.PROCESS_ASSETS_STAGE_REPORT + 1;
      compilation.hooks.processAssets.tap({ name: 'EmbeddedFiles', stage }, (assets) => {
        const put = (name, text) => {
          const source = new sources.RawSource(text);
          if (assets[name]) compilation.updateAsset(name, source);
          else compilation.emitAsset(name, source);
        };
        for (const page of pagesIn(assets)) {
          const style = `${page}.wxss`;
          const config = JSON.parse(textOf(assets, `${page}.json`));
          put(style, withImport(textOf(assets, style), `@import "${toRoot(page)}app.wxss";`));
          put(`${page}.json`, JSON.stringify({ ...bars(), ...config }));
        }
        put('host.js', 'module.exports = { im: require("./app").im };\n');
        put('host.d.ts', readFileSync(TYPES, 'utf8'));
        for (const [name, text] of Object.entries(emptyPage()))
          put(`../${path.posix.basename(this.place.sdkRoot)}/index.${name}`, text);
      });
    });
  }
}

/** The pages have their markup in a file of their own; `base` and `comp` are Taro's. */
function pagesIn(assets) {
  return Object.keys(assets)
    .filter((name) => name.endsWith('.wxml') && name.includes('/') && !name.startsWith('..'))
    .map((name) => name.slice(0, -'.wxml'.length));
}

function textOf(assets, name) {
  return assets[name] ? String(assets[name].source()) : '';
}

/** A style with an import of app.wxss, which is global in an own app only. A charset stays the first rule. */
function withImport(style, rule) {
  const charset = /^@charset "[^"]*";/.exec(style)?.[0] ?? '';
  return charset + rule + style.slice(charset.length);
}

/** `../../` for `pages/me/index`. */
function toRoot(page) {
  return '../'.repeat(page.split('/').length - 1);
}

/** What our pages need and `window` of the host's app.json may have otherwise. The user's theme is painted later. */
function bars() {
  const { nav, navText, ground, groundText } = theme.light;
  return {
    navigationBarBackgroundColor: nav,
    navigationBarTextStyle: navText,
    backgroundColor: ground,
    backgroundTextStyle: groundText,
    navigationStyle: 'default',
    enablePullDownRefresh: false,
    renderer: 'webview',
  };
}

/** miniprogram-ci does not find a sub-package without pages (docs/decisions/006). */
function emptyPage() {
  return { js: 'Page({});\n', json: '{}\n', wxml: '<view></view>\n' };
}

const path = require('node:path');
const usedElementsOf = require('./used');

/** Elements that are never inside of themselves: one level of templates is enough for them. */
const NOT_NESTED = ['text', 'static-text', 'swiper', 'swiper-item'];

/** A list of messages in a scrolling page, and the menus over it. */
const SCROLL_VIEWS = 3;

/** Attributes that Taro's table does not have. */
const ADDED = /^aria-/;

/**
 * Taro plugin: templates of the elements and attributes that the app uses (used.js), at build time in base.wxml,
 * and in the runtime, which numbers the attributes from the same table.
 */
module.exports = (ctx) => {
  ctx.registerMethod({
    name: 'onSetupClose',
    fn({ template }) {
      keepUsed(template.internalComponents);
      for (const name of NOT_NESTED) template.nestElements.set(name, 1);
      template.nestElements.set('scroll-view', SCROLL_VIEWS);
      for (const name of template.nestElements.keys())
        if (!isUsed(name)) template.nestElements.delete(name);
    },
  });
  ctx.modifyWebpackChain(({ chain }) => {
    chain.module
      .rule('used-elements')
      .test(
        /@tarojs[\\/](shared[\\/]dist[\\/]components|runtime[\\/]dist[\\/]dom-external[\\/]inner-html[\\/]html|plugin-platform-weapp[\\/]dist[\\/]runtime)\.js$/,
      )
      .use('used-elements')
      .loader(path.resolve(__dirname, 'used-elements.js'));
  });
};

/** Removes what attributes.js does not name; Taro's numbers and default values stay those of Taro's table. */
function keepUsed(table) {
  const attributes = usedElementsOf();
  for (const name of Object.keys(table)) if (!(name in attributes)) delete table[name];
  for (const [name, used] of Object.entries(attributes)) {
    const all = table[name];
    table[name] = Object.fromEntries(
      used.map((attribute) => {
        if (attribute in all) return [attribute, all[attribute]];
        if (ADDED.test(attribute)) return [attribute, ''];
        throw new Error(`Taro's ${name} has no ${attribute}: config/templates/attributes.js`);
      }),
    );
  }
}

/** `static-text` and the like are forms of one element. */
function isUsed(name) {
  const element = name.replace(/^(static|pure|catch|click)-/, '').replace(/-/g, '');
  return Object.keys(usedElementsOf()).some((each) => each.toLowerCase() === element);
}
